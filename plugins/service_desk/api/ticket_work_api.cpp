#include "api/ticket_work_api.h"

#include "api/ticket_schemas.h"
#include "api/ticket_writing.h"
#include "storage/ticket_repository.h"
#include "storage/watcher_repository.h"

namespace livery::service_desk {

using api::Call;
using api::Json;

namespace {

// null: nobody's any more.
Result<std::optional<UserId>> AssigneeIn(const Json& body) {
    if (body["assignee"].is_null()) return std::optional<UserId>();
    const auto user = UserId::Parse(body["assignee"].get<std::string>());
    if (!user) return InvalidField("assignee", "error.assignee");
    return user;
}

}  // namespace

Result<Json> TicketWorkApi::Change(db::Transaction& tx, const Call& call) const {
    const TicketId id = LIVERY_TRY(call.request.PathId<TicketId>("id"));
    const Json& body = call.body;
    const Writer writer = WriterOf(call);
    DeskWork::Change change;
    if (body.contains("queue")) change.queue = body["queue"].get<std::string>();
    if (body.contains("category")) change.category = body["category"].get<std::string>();
    if (body.contains("priority"))
        change.priority = PriorityFrom(body["priority"].get<std::string>());
    Ticket ticket = LIVERY_TRY(parts_.work.Set(tx, call.tenant(), id, change, writer));
    if (body.contains("assignee")) {
        const auto assignee = LIVERY_TRY(AssigneeIn(body));
        ticket = LIVERY_TRY(parts_.tickets.Assign(tx, call.tenant(), id, assignee, writer));
    }
    const auto wanted = StateIn(body);
    if (wanted && *wanted != ticket.state)
        ticket = LIVERY_TRY(
            parts_.tickets.Move(tx, call.tenant(), id, *wanted, writer, call.request.now()));
    return JsonOf(ticket, parts_.subjects);
}

Result<Json> TicketWorkApi::Merge(db::Transaction& tx, const Call& call) const {
    const TicketId id = LIVERY_TRY(call.request.PathId<TicketId>("id"));
    const auto into = TicketId::Parse(call.body.at("into").get<std::string>());
    if (!into || !TicketRepository::Find(tx, *into))
        return InvalidField("into", "error.merge_nowhere");
    return JsonOf(LIVERY_TRY(parts_.work.Merge(tx, call.tenant(), id, *into, WriterOf(call),
                                               call.request.now())),
                  parts_.subjects);
}

Result<Json> TicketWorkApi::Split(db::Transaction& tx, const Call& call) const {
    const TicketId id = LIVERY_TRY(call.request.PathId<TicketId>("id"));
    std::vector<MessageId> messages;
    for (const Json& text : call.body.at("messages")) {
        const auto message = MessageId::Parse(text.get<std::string>());
        if (!message) return InvalidField("messages", "error.split_messages");
        messages.push_back(*message);
    }
    return JsonOf(LIVERY_TRY(parts_.work.Split(tx, call.tenant(), id, messages,
                                               call.body.at("subject").get<std::string>(),
                                               WriterOf(call), call.request.now())),
                  parts_.subjects);
}

Result<Json> TicketWorkApi::ListWatchers(const Call& call) const {
    const TicketId id = LIVERY_TRY(call.request.PathId<TicketId>("id"));
    if (!TicketRepository::Read(parts_.database, call.tenant().id, id))
        return NotFound("no such ticket");
    return WatchersJson(WatcherRepository::List(parts_.database, call.tenant().id, id));
}

Result<Json> TicketWorkApi::Watch(db::Transaction& tx, const Call& call) const {
    const TicketId id = LIVERY_TRY(call.request.PathId<TicketId>("id"));
    LIVERY_TRY(parts_.watchers.Add(tx, std::nullopt, id, call.body.at("email").get<std::string>(),
                                   WriterOf(call)));
    return WatchersJson(WatcherRepository::List(tx, id));
}

Result<Json> TicketWorkApi::Unwatch(db::Transaction& tx, const Call& call) const {
    const TicketId id = LIVERY_TRY(call.request.PathId<TicketId>("id"));
    LIVERY_TRY(parts_.watchers.Remove(tx, std::nullopt, id,
                                      call.body.at("email").get<std::string>(), WriterOf(call)));
    return WatchersJson(WatcherRepository::List(tx, id));
}

Result<Json> TicketWorkApi::Escalate(db::Transaction& tx, const Call& call) const {
    const TicketId id = LIVERY_TRY(call.request.PathId<TicketId>("id"));
    return JsonOf(
        LIVERY_TRY(parts_.work.Escalate(tx, call.tenant(), id, WriterOf(call), call.request.now())),
        parts_.subjects);
}

Result<Json> TicketWorkApi::ApplyMacro(db::Transaction& tx, const Call& call) const {
    const TicketId id = LIVERY_TRY(call.request.PathId<TicketId>("id"));
    const std::string macro = call.body.at("macro").get<std::string>();
    if (!Tickets::DeskOf(call.tenant()).macros.contains(macro))
        return InvalidField("macro", "error.macro");
    return JsonOf(LIVERY_TRY(parts_.work.Apply(tx, call.tenant(), id, macro, WriterOf(call),
                                               call.request.now())),
                  parts_.subjects);
}

Result<Json> TicketWorkApi::Decide(db::Transaction& tx, const Call& call) const {
    const Disputes::Decision decision{LIVERY_TRY(call.request.PathId<TicketId>("id")),
                                      call.body.at("customer_is_right").get<bool>(),
                                      call.body.at("answer").get<std::string>()};
    return JsonOf(LIVERY_TRY(parts_.disputes.Decide(tx, call.tenant(), decision, WriterOf(call),
                                                    call.request.now())),
                  parts_.subjects);
}

void TicketWorkApi::AddTo(Registrar& registrar) {
    const auto add = [&](Method method, const char* path, const char* id, const char* summary,
                         const char* body,
                         Result<Json> (TicketWorkApi::*run)(db::Transaction&, const Call&) const,
                         const char* reply = "Ticket", const char* scope = "tickets:write") {
        AddTicketWriting(registrar, {method, path, id, summary, body,
                                     [this, run](db::Transaction& tx, const Call& call) {
                                         return (this->*run)(tx, call);
                                     },
                                     reply, scope});
    };
    using A = TicketWorkApi;
    add(Method::kPatch, "/api/v1/tickets/:id", "changeTicket", "Change what is said",
        "TicketChange", &A::Change);
    add(Method::kPost, "/api/v1/tickets/:id/merge", "mergeTicket",
        "Let it go on in another one of the same customer", "TicketMerge", &A::Merge);
    add(Method::kPost, "/api/v1/tickets/:id/split", "splitTicket",
        "Make a ticket of some of its messages", "TicketSplit", &A::Split);
    add(Method::kPost, "/api/v1/tickets/:id/macro", "applyTicketMacro",
        "Several steps at once, as the desk's file says", "TicketMacro", &A::ApplyMacro);
    add(Method::kPost, "/api/v1/tickets/:id/escalate", "escalateTicket",
        "Raise it, as its clock does", "TicketEscalation", &A::Escalate);
    // Money follows: the scope of those who move it.
    add(Method::kPost, "/api/v1/tickets/:id/decision", "decideTicket",
        "Decide what its customer disputes", "TicketDecision", &A::Decide, "Ticket",
        "payments:write");
    registrar.Add(api::Operation{Method::kGet,
                                 "/api/v1/tickets/:id/watchers",
                                 "listTicketWatchers",
                                 "Tickets",
                                 "tickets:read",
                                 "Who else is told",
                                 "",
                                 {},
                                 "",
                                 "TicketWatcherList",
                                 200,
                                 [this](const Call& call) { return ListWatchers(call); }});
    add(Method::kPost, "/api/v1/tickets/:id/watchers", "addTicketWatcher", "Tell somebody else",
        "TicketWatch", &A::Watch, "TicketWatcherList");
    add(Method::kPost, "/api/v1/tickets/:id/watchers/remove", "removeTicketWatcher",
        "Tell somebody no more", "TicketWatch", &A::Unwatch, "TicketWatcherList");
}

}  // namespace livery::service_desk
