#pragma once

#include <livery/api/operation.h>
#include <livery/registrar.h>

#include "app/attachments.h"
#include "app/for_customers.h"
#include "app/subjects.h"
#include "app/tickets.h"

namespace livery::service_desk {

// Tickets for a program of the tenant's own: its CRM, its telephone. It speaks for the business:
// what it writes is an answer or a note, signed by the name that it gives; or what a
// customer has asked elsewhere.
class TicketApi {
 public:
    struct Parts {
        const Tickets& tickets;
        const Attachments& attachments;
        db::Database& database;
        const Subjects& subjects;
        const ForCustomers& for_customers;
    };
    explicit TicketApi(const Parts& parts) : parts_(parts) {}
    void AddTo(Registrar& registrar);

 private:
    Result<api::Json> List(const api::Call& call) const;
    Result<api::Json> Show(const api::Call& call) const;
    Result<api::Json> ListMessages(const api::Call& call) const;
    Result<api::File> File(const api::Call& call) const;
    Result<api::Json> Open(db::Transaction& tx, const api::Call& call) const;
    Result<api::Json> Answer(db::Transaction& tx, const api::Call& call) const;

    // Before the transaction: a scanner may be asked.
    Result<std::any> KeepFiles(const api::Call& call) const;
    void AddFile(Registrar& registrar);
    void AddOpen(Registrar& registrar);

    Parts parts_;
};

}  // namespace livery::service_desk
