#pragma once

#include <vector>

#include <livery/cli/command.h>

#include "app/for_customers.h"

namespace livery::service_desk {

struct TicketCommandParts {
    db::Database& database;
    const Tickets& tickets;
    const ForCustomers& for_customers;
    const Subjects& subjects;
    TenantFormatters& words;
};

// The desk at the command line: see what waits, read a ticket, answer it, and write one down for a
// customer. Whoever does it gives a name.
std::vector<Command> TicketCommands(const TicketCommandParts& parts);

}  // namespace livery::service_desk
