#include "app/command_answers.h"

#include <fmt/format.h>

#include <livery/db/attempt.h>

namespace livery::service_desk {

using Json = nlohmann::ordered_json;

int Say(const CommandContext& command, const std::string& text, int code) {
    command.print(command.json ? Json{{code == 0 ? "message" : "error", text}}.dump() : text);
    return code;
}

int Refused(const TicketCommandParts& parts, const CommandContext& command, const Error& error) {
    if (error.code == ErrorCode::kNotFound)
        return Say(command, "There is no such account, ticket or agent.", 1);
    const auto t = parts.words.Of(command.tenant.id, "service_desk");
    std::string why = error.fields.empty() ? t->Text(error.message) : "";
    for (const FieldError& one : error.fields)
        why += (why.empty() ? "" : "; ") + one.field + ": " + t->Text(one.message);
    return Say(command, "Refused: " + why, 1);
}

Json JsonOf(const TicketCommandParts& parts, const Ticket& ticket) {
    const About& about = ticket.about;
    return {{"ticket", ticket.id.ToString()},
            {"number", ticket.number},
            {"account", ticket.account.ToString()},
            {"subject", ticket.subject},
            {"category", ticket.category},
            {"queue", ticket.queue},
            {"priority", PriorityText(ticket.priority)},
            {"state", ToString(ticket.state)},
            {"assignee", ticket.assignee ? Json(ticket.assignee->ToString()) : Json(nullptr)},
            {"about", about.kind.empty() ? Json(nullptr) : Json(parts.subjects.TextOf(about))},
            {"created_at", ToIso(ticket.created_at)},
            {"active_at", ToIso(ticket.active_at)}};
}

std::string LineOf(const Ticket& ticket) {
    return fmt::format("{}  {}  {:<20}  {:<6}  {}  {}", ticket.id.ToString(), ticket.number,
                       ToString(ticket.state), PriorityText(ticket.priority),
                       ToIso(ticket.active_at), ticket.subject);
}

int DoTicket(const TicketCommandParts& parts, const CommandContext& command,
             const std::function<Result<Ticket>(db::Transaction&)>& work) {
    const auto done = db::Attempt<Ticket>(parts.database, command.tenant.id, work);
    if (!done) return Refused(parts, command, done.error());
    command.print(command.json ? JsonOf(parts, *done).dump() : LineOf(*done));
    return 0;
}

int DoNamed(const TicketCommandParts& parts, const CommandContext& command,
            const std::function<Result<Ticket>(db::Transaction&, TicketId)>& work) {
    const auto id = TicketId::Parse(command.Get("ticket"));
    if (!id) return Say(command, "--ticket: tck_…", kUsage);
    return DoTicket(parts, command, [&](db::Transaction& tx) { return work(tx, *id); });
}

Writer WriterOf(const CommandContext& command) { return {{}, command.Get("by"), "", "", ""}; }

std::function<int(const CommandContext&)> Bound(const TicketCommandParts& parts,
                                                TicketCommandRun run) {
    return [parts, run](const CommandContext& command) { return run(parts, command); };
}

CommandOption TicketOption() { return {"ticket", "tck_…", false, true}; }
CommandOption ByOption() { return {"by", "Who does it, by name", false, true}; }

}  // namespace livery::service_desk
