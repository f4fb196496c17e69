#include "app/ticket_commands.h"

#include <fstream>
#include <iterator>

#include <fmt/format.h>

#include "app/command_answers.h"
#include "storage/attachment_repository.h"
#include "storage/desk_list_repository.h"

namespace livery::service_desk {

namespace {

using Json = nlohmann::ordered_json;
using Parts = TicketCommandParts;

constexpr std::size_t kMostRows = 1000;

int List(const Parts& parts, const CommandContext& command) {
    TicketWish wish;
    wish.unsolved = command.Has("unsolved");
    wish.most = kMostRows;
    wish.queue = command.Get("queue");
    if (command.Has("state") && !(wish.state = TicketStateFrom(command.Get("state"))))
        return Say(command, "--state: new, open, waiting_for_customer, solved or closed", kUsage);
    if (command.Has("account") && !(wish.account = AccountId::Parse(command.Get("account"))))
        return Say(command, "--account: acc_…", kUsage);
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

Json JsonOf(const Message& message) {
    Json files = Json::array();
    for (const Attachment& one : message.attachments)
        files.push_back({{"attachment", one.id.ToString()},
                         {"name", one.name},
                         {"type", one.mime_type},
                         {"size", one.size}});
    return {{"message", message.id.ToString()},
            {"author", message.author_name},
            {"public", message.is_public},
            {"at", ToIso(message.at)},
            {"body", message.body},
            {"attachments", std::move(files)}};
}

void Print(const CommandContext& command, const Message& message) {
    command.print(fmt::format("\n{} {} {}{}\n{}", message.id.ToString(), ToIso(message.at),
                              message.author_name, message.is_public ? "" : " (note)",
                              message.body));
    for (const Attachment& one : message.attachments)
        command.print(fmt::format("{}  {}  {}  {} bytes", one.id.ToString(), one.name,
                                  one.mime_type, one.size));
}

int Show(const Parts& parts, const CommandContext& command) {
    const auto id = TicketId::Parse(command.Get("ticket"));
    if (!id) return Say(command, "--ticket: tck_…", kUsage);
    const auto ticket = TicketRepository::Read(parts.database, command.tenant.id, *id);
    if (!ticket) return Say(command, "There is no such ticket.", 1);
    Json json = JsonOf(parts, *ticket);
    json["messages"] = Json::array();
    if (!command.json) command.print(LineOf(*ticket));
    for (const Message& message :
         TicketRepository::Messages(parts.database, command.tenant.id, *id, true)) {
        json["messages"].push_back(JsonOf(message));
        if (!command.json) Print(command, message);
    }
    if (command.json) command.print(json.dump());
    return 0;
}

int SaveFile(const Parts& parts, const CommandContext& command) {
    const auto ticket = TicketId::Parse(command.Get("ticket"));
    const auto id = AttachmentId::Parse(command.Get("attachment"));
    if (!ticket || !id) return Say(command, "--ticket: tck_…; --attachment: att_…", kUsage);
    const auto found = AttachmentRepository::Find(parts.database, command.tenant.id, *ticket, *id);
    if (!found) return Say(command, "There is no such file.", 1);
    const auto content = parts.attachments.Content(command.tenant, *found);
    if (!content) return Say(command, "It cannot be read; the log says why.", 1);
    const std::string file = command.Has("file") ? command.Get("file") : found->name;
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out.write(content->data(), static_cast<std::streamsize>(content->size()));
    out.close();
    if (!out) return Say(command, file + " cannot be written.", 1);
    return Say(command, file, 0);
}

// The one of `--file`, kept; none without it.
Result<std::vector<Attachment>> FileOf(const Parts& parts, const CommandContext& command) {
    if (!command.Has("file")) return std::vector<Attachment>{};
    const std::string path = command.Get("file");
    std::ifstream in(path, std::ios::binary);
    const std::string content{std::istreambuf_iterator<char>(in), {}};
    if (!in) return InvalidField("file", "error.file_unread");
    const auto name = path.substr(path.find_last_of('/') + 1);
    return parts.attachments.Keep(command.tenant, {{name, content}});
}

int Answer(const Parts& parts, const CommandContext& command) {
    std::optional<TicketState> wanted;
    if (command.Has("state") && !(wanted = TicketStateFrom(command.Get("state"))))
        return Say(command, "--state: open, waiting_for_customer or solved", kUsage);
    const auto files = FileOf(parts, command);
    if (!files) return Refused(parts, command, files.error());
    return DoNamed(parts, command, [&](db::Transaction& tx, TicketId id) {
        return parts.tickets.Answer(tx, command.tenant,
                                    {id, command.Get("body"), wanted, command.Has("note"), *files},
                                    WriterOf(command), command.now);
    });
}

int Open(const Parts& parts, const CommandContext& command) {
    const auto account = AccountId::Parse(command.Get("account"));
    if (!account) return Say(command, "--account: acc_…", kUsage);
    const std::string about = command.Get("about");
    const auto colon = about.find(':');
    if (!about.empty() && colon == std::string::npos)
        return Say(command, "--about: such as invoice:inv_…", kUsage);
    const auto files = FileOf(parts, command);
    if (!files) return Refused(parts, command, files.error());
    const ForCustomers::Wish wish{*account,
                                  command.Get("subject"),
                                  command.Get("category"),
                                  command.Get("priority"),
                                  command.Get("body"),
                                  about.empty() ? "" : about.substr(0, colon),
                                  about.empty() ? "" : about.substr(colon + 1),
                                  command.Get("by"),
                                  command.Has("dispute"),
                                  *files};
    return DoTicket(parts, command, [&](db::Transaction& tx) {
        return parts.for_customers.Open(tx, command.tenant, wish, "", command.now);
    });
}

}  // namespace

std::vector<Command> TicketCommands(const TicketCommandParts& parts) {
    const CommandOption body{"body", "The words", false, true};
    const CommandOption file{"file", "A file to send with it"};
    return {{"list-tickets",
             "List tickets, what moved last first",
             "livery list-tickets --tenant harbor --state open",
             {{"queue", "Only those that wait there"},
              {"state", "Only those in this state"},
              {"account", "Only those of this account: acc_…"},
              {"unsolved", "Only what is unsolved; what is due first comes first", true}},
             Bound(parts, List)},
            {"show-ticket",
             "Show a ticket with all that was said and noted",
             "livery show-ticket --tenant harbor --ticket tck_…",
             {TicketOption()},
             Bound(parts, Show)},
            {"save-ticket-file",
             "Write a file of a ticket to a file here",
             "livery save-ticket-file --tenant harbor --ticket tck_… --attachment att_…",
             {TicketOption(),
              {"attachment", "att_…, as show-ticket says", false, true},
              {"file", "Where to; without: its own name, in this folder"}},
             Bound(parts, SaveFile)},
            {"answer-ticket",
             "Answer a ticket, or keep a note on it",
             "livery answer-ticket --tenant harbor --ticket tck_… --by \"J. Roe\" --body \"We have "
             "repaired it.\" --state solved",
             {TicketOption(),
              ByOption(),
              body,
              {"state", "What it is then: open, waiting_for_customer, solved"},
              file,
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
              ByOption(),
              {"priority", "low, normal, high or urgent; without, the category's"},
              {"about", "A thing of the account's: invoice:inv_…"},
              {"dispute", "The invoice_line that it is about is not owed", true},
              file},
             Bound(parts, Open)}};
}

}  // namespace livery::service_desk
