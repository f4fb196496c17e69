#include "app/command_answers.h"
#include "storage/watcher_repository.h"

namespace livery::service_desk {

namespace {

using Json = nlohmann::ordered_json;
using Parts = TicketCommandParts;

std::optional<std::string> Given(const CommandContext& command, const char* option) {
    return command.Has(option) ? std::optional(command.Get(option)) : std::nullopt;
}

int Change(const Parts& parts, const CommandContext& command) {
    DeskWork::Change change{Given(command, "queue"), Given(command, "category"), std::nullopt};
    if (const auto priority = Given(command, "priority"))
        change.priority = PriorityFrom(*priority).value_or(kNoPriority);
    std::optional<TicketState> state;
    if (command.Has("state") && !(state = TicketStateFrom(command.Get("state"))))
        return Say(command, "--state: open, waiting_for_customer or solved", kUsage);
    std::optional<UserId> assignee;
    const bool is_nobodys = command.Get("assignee") == "nobody";
    if (command.Has("assignee") && !is_nobodys &&
        !(assignee = UserId::Parse(command.Get("assignee"))))
        return Say(command, "--assignee: usr_…, as livery user list says, or nobody", kUsage);
    const Writer by = WriterOf(command);
    return DoNamed(parts, command, [&](db::Transaction& tx, TicketId id) -> Result<Ticket> {
        Ticket ticket = LIVERY_TRY(parts.work.Set(tx, command.tenant, id, change, by));
        if (assignee || is_nobodys)
            ticket = LIVERY_TRY(parts.tickets.Assign(tx, command.tenant, id, assignee, by));
        if (state && *state != ticket.state)
            ticket =
                LIVERY_TRY(parts.tickets.Move(tx, command.tenant, id, *state, by, command.now));
        return ticket;
    });
}

int ApplyMacro(const Parts& parts, const CommandContext& command) {
    const std::string macro = command.Get("macro");
    if (!Tickets::DeskOf(command.tenant).macros.contains(macro))
        return Say(command, "There is no such macro in the desk's file.", 1);
    return DoNamed(parts, command, [&](db::Transaction& tx, TicketId id) {
        return parts.work.Apply(tx, command.tenant, id, macro, WriterOf(command), command.now);
    });
}

int Escalate(const Parts& parts, const CommandContext& command) {
    return DoNamed(parts, command, [&](db::Transaction& tx, TicketId id) {
        return parts.work.Escalate(tx, command.tenant, id, WriterOf(command), command.now);
    });
}

int Merge(const Parts& parts, const CommandContext& command) {
    const auto into = TicketId::Parse(command.Get("into"));
    if (!into) return Say(command, "--into: tck_…", kUsage);
    return DoNamed(parts, command, [&](db::Transaction& tx, TicketId id) {
        return parts.work.Merge(tx, command.tenant, id, *into, WriterOf(command), command.now);
    });
}

int Split(const Parts& parts, const CommandContext& command) {
    std::vector<MessageId> messages;
    const std::string list = command.Get("messages");
    for (std::size_t from = 0; from <= list.size();) {
        const auto to = std::min(list.find(',', from), list.size());
        const auto message = MessageId::Parse(list.substr(from, to - from));
        if (!message) return Say(command, "--messages: msg_…,msg_…", kUsage);
        messages.push_back(*message);
        from = to + 1;
    }
    return DoNamed(parts, command, [&](db::Transaction& tx, TicketId id) {
        return parts.work.Split(tx, command.tenant, id, messages, command.Get("subject"),
                                WriterOf(command), command.now);
    });
}

int Decide(const Parts& parts, const CommandContext& command) {
    if (command.Has("right") == command.Has("wrong"))
        return Say(command, "--right or --wrong: one of them", kUsage);
    return DoNamed(parts, command, [&](db::Transaction& tx, TicketId id) {
        return parts.disputes.Decide(tx, command.tenant,
                                     {id, command.Has("right"), command.Get("answer")},
                                     WriterOf(command), command.now);
    });
}

int Watch(const Parts& parts, const CommandContext& command) {
    const auto id = TicketId::Parse(command.Get("ticket"));
    if (!id) return Say(command, "--ticket: tck_…", kUsage);
    Result<void> done;
    parts.database.Transact(command.tenant.id, [&](db::Transaction& tx) {
        done = command.Has("remove")
                   ? parts.watchers.Remove(tx, {}, *id, command.Get("email"), WriterOf(command))
                   : parts.watchers.Add(tx, {}, *id, command.Get("email"), WriterOf(command));
    });
    if (!done) return Refused(parts, command, done.error());
    auto list = Json::array();
    for (const Watcher& one : WatcherRepository::List(parts.database, command.tenant.id, *id)) {
        list.push_back(one.email);
        if (!command.json) command.print(one.email);
    }
    if (command.json) command.print(list.dump());
    return 0;
}

}  // namespace

std::vector<Command> TicketWorkCommands(const TicketCommandParts& parts) {
    return {
        {"change-ticket",
         "Change where a ticket waits, how urgent it is, whose it is",
         "livery change-ticket --tenant harbor --ticket tck_… --by \"J. Roe\" --priority high",
         {TicketOption(),
          ByOption(),
          {"queue", "Where it waits"},
          {"category", "What it is about"},
          {"priority", "low, normal, high or urgent"},
          {"assignee", "Whose it is: usr_…, or nobody"},
          {"state", "open, waiting_for_customer or solved"}},
         Bound(parts, Change)},
        {"apply-macro",
         "Do several steps at once, as the desk's file says",
         "livery apply-macro --tenant harbor --ticket tck_… --macro mend --by \"J. Roe\"",
         {TicketOption(), {"macro", "Its name in the desk's file", false, true}, ByOption()},
         Bound(parts, ApplyMacro)},
        {"escalate-ticket",
         "Raise a ticket, as its clock does",
         "livery escalate-ticket --tenant harbor --ticket tck_… --by \"J. Roe\"",
         {TicketOption(), ByOption()},
         Bound(parts, Escalate)},
        {"merge-ticket",
         "Let a ticket go on in another one of the same customer",
         "livery merge-ticket --tenant harbor --ticket tck_… --into tck_… --by \"J. Roe\"",
         {TicketOption(), {"into", "tck_…", false, true}, ByOption()},
         Bound(parts, Merge)},
        {"split-ticket",
         "Make a ticket of some of its messages",
         "livery split-ticket --tenant harbor --ticket tck_… --messages msg_…,msg_… --subject "
         "\"The other thing\" --by \"J. Roe\"",
         {TicketOption(),
          {"messages", "msg_…,msg_…, as show-ticket says", false, true},
          {"subject", "Of the new ticket", false, true},
          ByOption()},
         Bound(parts, Split)},
        {"watch-ticket",
         "Tell somebody else what is said, or no more",
         "livery watch-ticket --tenant harbor --ticket tck_… --email ann@example.com --by \"J. "
         "Roe\"",
         {TicketOption(), {"email", "Where", false, true}, ByOption(), {"remove", "No more", true}},
         Bound(parts, Watch)},
        {"decide-ticket",
         "Decide what a ticket disputes",
         "livery decide-ticket --tenant harbor --ticket tck_… --right --answer \"We have "
         "charged it twice.\" --by \"J. Roe\"",
         {TicketOption(),
          {"right", "It is not owed: a credit note is made", true},
          {"wrong", "It is owed", true},
          {"answer", "What the customer reads", false, true},
          ByOption()},
         Bound(parts, Decide)}};
}

}  // namespace livery::service_desk
