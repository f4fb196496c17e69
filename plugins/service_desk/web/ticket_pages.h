#pragma once

#include <livery/http/route.h>
#include <livery/registrar.h>
#include <livery/view/form_page.h>

#include "app/tickets.h"

namespace livery::service_desk {

// A subscriber's tickets: the list, a new one, and one of them to read, answer, solve and reopen.
class TicketPages {
 public:
    TicketPages(const Tickets& tickets, db::Database& database)
        : tickets_(tickets), database_(database) {}
    void AddTo(Registrar& registrar);

 private:
    Result<Reply> List(const RequestContext& request) const;
    Result<Reply> ShowNew(const RequestContext& request) const;
    Result<Reply> Open(const RequestContext& request) const;
    Result<Reply> Show(const RequestContext& request) const;
    Result<Reply> Answer(const RequestContext& request) const;
    Result<Reply> Solve(const RequestContext& request) const;
    Result<Reply> Reopen(const RequestContext& request) const;

    Result<Ticket> Named(const RequestContext& request) const;
    FormPage NewForm(const RequestContext& request) const;
    View Page(const RequestContext& request, const Ticket& ticket, const Error* error) const;
    Result<Reply> Move(const RequestContext& request, TicketState wanted, const char* notice) const;

    const Tickets& tickets_;
    db::Database& database_;
};

}  // namespace livery::service_desk
