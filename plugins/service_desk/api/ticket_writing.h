#pragma once

#include <livery/api/operation.h>
#include <livery/registrar.h>

#include "app/tickets.h"

namespace livery::service_desk {

// What programs do to a ticket has one form: they give the name of who does it, and get the ticket
// as it is then.
struct TicketWriting {
    Method method;
    const char* path;
    const char* id;
    const char* summary;
    const char* body;
    api::Writing handler;
    const char* reply = "Ticket";
    const char* scope = "tickets:write";
    std::function<Result<std::any>(const api::Call&)> prepare = {};  // Operation::prepare
};
void AddTicketWriting(Registrar& registrar, TicketWriting writing);

// Nobody of the staff: a program that gives a name.
Writer WriterOf(const api::Call& call);
// nullopt: it says none.
std::optional<TicketState> StateIn(const api::Json& body);

}  // namespace livery::service_desk
