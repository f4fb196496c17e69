#pragma once

#include <livery/api/operation.h>
#include <livery/registrar.h>

#include "app/desk_work.h"

namespace livery::service_desk {

// Tickets for a program of the tenant's own: its CRM, its telephone. It speaks for the business:
// what it writes is an answer or a note, signed by the name that it gives.
class TicketApi {
 public:
    TicketApi(const Tickets& tickets, const DeskWork& work, db::Database& database)
        : tickets_(tickets), work_(work), database_(database) {}
    void AddTo(Registrar& registrar);

 private:
    Result<api::Json> List(const api::Call& call) const;
    Result<api::Json> Show(const api::Call& call) const;
    Result<api::Json> ListMessages(const api::Call& call) const;
    Result<api::Json> Answer(db::Transaction& tx, const api::Call& call) const;
    Result<api::Json> Change(db::Transaction& tx, const api::Call& call) const;
    Result<api::Json> Merge(db::Transaction& tx, const api::Call& call) const;
    Result<api::Json> Escalate(db::Transaction& tx, const api::Call& call) const;

    const Tickets& tickets_;
    const DeskWork& work_;
    db::Database& database_;
};

}  // namespace livery::service_desk
