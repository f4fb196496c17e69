#pragma once

#include <functional>
#include <optional>
#include <string>

#include <livery/json.h>

#include "app/ticket_commands.h"

namespace livery::service_desk {

// How the commands of this plugin read what they are given, and answer.
constexpr int kUsage = 64;

// Prints the text and returns the code; with --json a document: {"message": …}, or {"error": …}
// when the code is not 0.
int Say(const CommandContext& command, const std::string& text, int code);
// Which field is wrong and why, in the words of the tenant's first language.
int Refused(const TicketCommandParts& parts, const CommandContext& command, const Error& error);

nlohmann::ordered_json JsonOf(const TicketCommandParts& parts, const Ticket& ticket);
std::string LineOf(const Ticket& ticket);

// Does it in one transaction, and prints the ticket as it is then, or why not.
int DoTicket(const TicketCommandParts& parts, const CommandContext& command,
             const std::function<Result<Ticket>(db::Transaction&)>& work);
// Does it to the one of `--ticket`.
int DoNamed(const TicketCommandParts& parts, const CommandContext& command,
            const std::function<Result<Ticket>(db::Transaction&, TicketId)>& work);

// Who does it, as `--by` says.
Writer WriterOf(const CommandContext& command);

using TicketCommandRun = int (*)(const TicketCommandParts&, const CommandContext&);
std::function<int(const CommandContext&)> Bound(const TicketCommandParts& parts,
                                                TicketCommandRun run);

// Options that several have.
CommandOption TicketOption();
CommandOption ByOption();

}  // namespace livery::service_desk
