#pragma once

#include <livery/api/operation.h>
#include <livery/registrar.h>

#include "app/desk_work.h"
#include "app/disputes.h"
#include "app/subjects.h"
#include "app/watchers.h"

namespace livery::service_desk {

// What the staff do with tickets beside answering them, for a program of the tenant's own.
class TicketWorkApi {
 public:
    struct Parts {
        const Tickets& tickets;
        const DeskWork& work;
        const Watchers& watchers;
        const Disputes& disputes;
        const Subjects& subjects;
        db::Database& database;
    };
    explicit TicketWorkApi(const Parts& parts) : parts_(parts) {}
    void AddTo(Registrar& registrar);

 private:
    Result<api::Json> Change(db::Transaction& tx, const api::Call& call) const;
    Result<api::Json> Merge(db::Transaction& tx, const api::Call& call) const;
    Result<api::Json> Split(db::Transaction& tx, const api::Call& call) const;
    Result<api::Json> ApplyMacro(db::Transaction& tx, const api::Call& call) const;
    Result<api::Json> Escalate(db::Transaction& tx, const api::Call& call) const;
    Result<api::Json> Decide(db::Transaction& tx, const api::Call& call) const;
    Result<api::Json> ListWatchers(const api::Call& call) const;
    Result<api::Json> Watch(db::Transaction& tx, const api::Call& call) const;
    Result<api::Json> Unwatch(db::Transaction& tx, const api::Call& call) const;

    Parts parts_;
};

}  // namespace livery::service_desk
