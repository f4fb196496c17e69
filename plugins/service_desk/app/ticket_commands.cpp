#include "app/ticket_commands.h"

#include <algorithm>

#include <fmt/format.h>

#include <livery/db/attempt.h>
#include <livery/json.h>

#include "storage/desk_list_repository.h"

namespace livery::service_desk {

namespace {

using Json = nlohmann::ordered_json;
using Parts = TicketCommandParts;

constexpr int kUsage = 64;
constexpr std::size_t kMostRows = 1000;

int Say(const CommandContext& command, const std::string& text, int code) {
    command.print(command.json ? Json{{code == 0 ? "message" : "error", text}}.dump() : text);
    return code;
}

// Which field is wrong and why, in the words of the tenant's first language.
int Refused(const Parts& parts, const CommandContext& command, const Error& error) {
    if (error.code == ErrorCode::kNotFound)
        return Say(command, "There is no such account or ticket.", 1);
    const auto t = parts.words.Of(command.tenant.id, "service_desk");
    std::string why = error.fields.empty() ? t->Text(error.message) : "";
    for (const FieldError& one : error.fields)
        why += (why.empty() ? "" : "; ") + one.field + ": " + t->Text(one.message);
    return Say(command, "Refused: " + why, 1);
}

Json JsonOf(const Parts& parts, const Ticket& ticket) {
    const About& about = ticket.about;
    return {{"ticket", ticket.id.ToString()},
            {"number", ticket.number},
            {"account", ticket.account.ToString()},
            {"subject", ticket.subject},
            {"category", ticket.category},
            {"queue", ticket.queue},
            {"priority", kPriorities[static_cast<std::size_t>(ticket.priority)]},
            {"state", ToString(ticket.state)},
            {"about", about.kind.empty() ? Json(nullptr) : Json(parts.subjects.TextOf(about))},
            {"created_at", ToIso(ticket.created_at)},
            {"active_at", ToIso(ticket.active_at)}};
}

std::string LineOf(const Ticket& ticket) {
    return fmt::format("{}  {}  {:<20}  {:<6}  {}  {}", ticket.id.ToString(), ticket.number,
                       ToString(ticket.state),
                       kPriorities[static_cast<std::size_t>(ticket.priority)],
                       ToIso(ticket.active_at), ticket.subject);
}

int List(const Parts& parts, const CommandContext& command) {
    TicketWish wish;
    wish.unsolved = false;
    wish.most = kMostRows;
    wish.queue = command.Get("queue");
    if (command.Has("state") && !(wish.state = TicketStateFrom(command.Get("state"))))
        return Say(command, "--state: new, open, waiting_for_customer, solved or closed", kUsage);
    auto list = Json::array();
    for (const Ticket& ticket : DeskListRepository::List(parts.database, command.tenant.id, wish)) {
        list.push_back(JsonOf(parts, ticket));
        if (!command.json) command.print(LineOf(ticket));
    }
    if (command.json) command.print(list.dump());
    if (!command.json && list.empty()) command.print("There are none.");
    if (list.size() == kMostRows) command.progress("There may be more: narrow it with --state.");
    return 0;
}

std::optional<Ticket> TicketNamed(const Parts& parts, const CommandContext& command, TicketId id) {
    std::optional<Ticket> ticket;
    parts.database.Transact(command.tenant.id,
                            [&](db::Transaction& tx) { ticket = TicketRepository::Find(tx, id); });
    return ticket;
}

int Show(const Parts& parts, const CommandContext& command) {
    const auto id = TicketId::Parse(command.Get("ticket"));
    if (!id) return Say(command, "--ticket: tck_…", kUsage);
    const auto ticket = TicketNamed(parts, command, *id);
    if (!ticket) return Say(command, "There is no such ticket.", 1);
    Json json = JsonOf(parts, *ticket);
    json["messages"] = Json::array();
    if (!command.json) command.print(LineOf(*ticket));
    for (const Message& message :
         TicketRepository::Messages(parts.database, command.tenant.id, *id, true)) {
        json["messages"].push_back({{"author", message.author_name},
                                    {"public", message.is_public},
                                    {"at", ToIso(message.at)},
                                    {"body", message.body}});
        if (!command.json)
            command.print(fmt::format("\n{} {}{}\n{}", ToIso(message.at), message.author_name,
                                      message.is_public ? "" : " (note)", message.body));
    }
    if (command.json) command.print(json.dump());
    return 0;
}

int Done(const Parts& parts, const CommandContext& command, const Result<Ticket>& done) {
    if (!done) return Refused(parts, command, done.error());
    command.print(command.json ? JsonOf(parts, *done).dump() : LineOf(*done));
    return 0;
}

int Answer(const Parts& parts, const CommandContext& command) {
    const auto id = TicketId::Parse(command.Get("ticket"));
    if (!id) return Say(command, "--ticket: tck_…", kUsage);
    Tickets::Reply reply{*id, command.Get("body"), {}, command.Has("note")};
    if (command.Has("state") && !(reply.wanted = TicketStateFrom(command.Get("state"))))
        return Say(command, "--state: open, waiting_for_customer or solved", kUsage);
    return Done(parts, command,
                db::Attempt<Ticket>(parts.database, command.tenant.id, [&](db::Transaction& tx) {
                    return parts.tickets.Answer(tx, command.tenant, reply,
                                                {{}, command.Get("by"), "", "", ""}, command.now);
                }));
}

int Open(const Parts& parts, const CommandContext& command) {
    const auto account = AccountId::Parse(command.Get("account"));
    if (!account) return Say(command, "--account: acc_…", kUsage);
    const std::string about = command.Get("about");
    const auto colon = about.find(':');
    if (!about.empty() && colon == std::string::npos)
        return Say(command, "--about: such as invoice:inv_…", kUsage);
    const ForCustomers::Wish wish{*account,
                                  command.Get("subject"),
                                  command.Get("category"),
                                  command.Get("priority"),
                                  command.Get("body"),
                                  about.empty() ? "" : about.substr(0, colon),
                                  about.empty() ? "" : about.substr(colon + 1),
                                  command.Get("by")};
    return Done(parts, command,
                db::Attempt<Ticket>(parts.database, command.tenant.id, [&](db::Transaction& tx) {
                    return parts.for_customers.Open(tx, command.tenant, wish, "", command.now);
                }));
}

std::function<int(const CommandContext&)> Bound(const Parts& parts,
                                                int (*run)(const Parts&, const CommandContext&)) {
    return [parts, run](const CommandContext& command) { return run(parts, command); };
}

}  // namespace

std::vector<Command> TicketCommands(const TicketCommandParts& parts) {
    const CommandOption ticket{"ticket", "tck_…", false, true};
    const CommandOption by{"by", "Who says so, by name", false, true};
    const CommandOption body{"body", "The words", false, true};
    return {{"list-tickets",
             "List tickets, what moved last first",
             "livery list-tickets --tenant harbor --state open",
             {{"queue", "Only those that wait there", false, false},
              {"state", "Only those in this state", false, false}},
             Bound(parts, List)},
            {"show-ticket",
             "Show a ticket with all that was said and noted",
             "livery show-ticket --tenant harbor --ticket tck_…",
             {ticket},
             Bound(parts, Show)},
            {"answer-ticket",
             "Answer a ticket, or keep a note on it",
             "livery answer-ticket --tenant harbor --ticket tck_… --by \"J. Roe\" --body \"We have "
             "repaired it.\" --state solved",
             {ticket,
              by,
              body,
              {"state", "What it is then: open, waiting_for_customer, solved", false, false},
              {"note", "For the staff only", true}},
             Bound(parts, Answer)},
            {"open-ticket",
             "Write down what a customer asks",
             "livery open-ticket --tenant harbor --account acc_… --category trouble --subject \"No "
             "light\" --body \"Called at nine.\" --by \"J. Roe\" --about subscription:sub_…",
             {{"account", "acc_…", false, true},
              {"subject", "In one line", false, true},
              {"category", "As the desk's file names it", false, true},
              body,
              by,
              {"priority", "low, normal, high or urgent; without, the category's", false, false},
              {"about", "A thing of the account's: invoice:inv_…", false, false}},
             Bound(parts, Open)}};
}

}  // namespace livery::service_desk
