#pragma once

#include <vector>

#include <livery/cli/command.h>

#include "app/agents.h"
#include "app/attachments.h"
#include "app/desk_work.h"
#include "app/for_customers.h"
#include "app/watchers.h"

namespace livery::service_desk {

// The desk at the command line; whoever does something gives a name.
struct TicketCommandParts {
    db::Database& database;
    const Tickets& tickets;
    const DeskWork& work;
    const Watchers& watchers;
    const Disputes& disputes;
    const Attachments& attachments;
    const ForCustomers& for_customers;
    const Subjects& subjects;
    const Agents& agents;
    TenantFormatters& words;
};

// See what waits, read a ticket and its files, answer it, write one down for a customer.
std::vector<Command> TicketCommands(const TicketCommandParts& parts);
// Who answers, and what they are good at.
std::vector<Command> AgentCommands(const TicketCommandParts& parts);
// Move, give, raise, merge, split and decide; who else is told.
std::vector<Command> TicketWorkCommands(const TicketCommandParts& parts);

}  // namespace livery::service_desk
