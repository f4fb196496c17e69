#include "api/ticket_api.h"

#include <livery/api/page.h>
#include <livery/api/schema.h>

#include "api/ticket_schemas.h"
#include "storage/desk_list_repository.h"

namespace livery::service_desk {

using api::Call;
using api::Json;

namespace {

// Nobody of the staff: a program that gives a name.
Writer WriterOf(const Call& call) {
    return {std::nullopt, call.body.at("by").get<std::string>(), "", "",
            call.request.request().client_address};
}

std::optional<TicketState> StateIn(const Json& body) {
    return body.contains("state") ? TicketStateFrom(body["state"].get<std::string>())
                                  : std::nullopt;
}

}  // namespace

Result<Json> TicketApi::List(const Call& call) const {
    const api::Paging paging = LIVERY_TRY(api::PagingOf(call));
    TicketWish wish;
    wish.after = LIVERY_TRY(api::PositionOf<TicketPlace>(paging));
    wish.queue = call.request.Query("queue");
    wish.state = TicketStateFrom(call.request.Query("state"));
    wish.most = paging.limit + 1;
    wish.unsolved = call.request.Query("unsolved") == "true";
    auto found = DeskListRepository::List(database_, call.tenant().id, wish);
    const std::string next = api::CutToPage(found, paging, [&](const Ticket& ticket) {
        return DeskListRepository::PlaceOf(ticket, wish);
    });
    Json data = Json::array();
    for (const Ticket& ticket : found) data.push_back(JsonOf(ticket));
    return api::ListReply(std::move(data), next);
}

Result<Json> TicketApi::Show(const Call& call) const {
    const TicketId id = LIVERY_TRY(call.request.PathId<TicketId>("id"));
    std::optional<Ticket> ticket;
    database_.Transact(call.tenant().id,
                       [&](db::Transaction& tx) { ticket = TicketRepository::Find(tx, id); });
    if (!ticket) return NotFound("no such ticket");
    return JsonOf(*ticket);
}

Result<Json> TicketApi::ListMessages(const Call& call) const {
    LIVERY_TRY(Show(call));
    const TicketId id = LIVERY_TRY(call.request.PathId<TicketId>("id"));
    Json data = Json::array();
    for (const Message& message : TicketRepository::Messages(database_, call.tenant().id, id, true))
        data.push_back(JsonOf(message));
    return api::ListReply(std::move(data), "");
}

Result<Json> TicketApi::Answer(db::Transaction& tx, const Call& call) const {
    const TicketId id = LIVERY_TRY(call.request.PathId<TicketId>("id"));
    const Tickets::Reply reply{id, call.body.at("body").get<std::string>(), StateIn(call.body),
                               call.body.value("note", false)};
    return JsonOf(
        LIVERY_TRY(tickets_.Answer(tx, call.tenant(), reply, WriterOf(call), call.request.now())));
}

Result<Json> TicketApi::Change(db::Transaction& tx, const Call& call) const {
    const TicketId id = LIVERY_TRY(call.request.PathId<TicketId>("id"));
    const Json& body = call.body;
    const Writer writer = WriterOf(call);
    DeskWork::Change change;
    if (body.contains("queue")) change.queue = body["queue"].get<std::string>();
    if (body.contains("category")) change.category = body["category"].get<std::string>();
    if (body.contains("priority"))
        change.priority = PriorityFrom(body["priority"].get<std::string>());
    Ticket ticket = LIVERY_TRY(work_.Set(tx, call.tenant(), id, change, writer));
    const auto wanted = StateIn(body);
    if (wanted && *wanted != ticket.state)
        ticket =
            LIVERY_TRY(tickets_.Move(tx, call.tenant(), id, *wanted, writer, call.request.now()));
    return JsonOf(ticket);
}

Result<Json> TicketApi::Merge(db::Transaction& tx, const Call& call) const {
    const TicketId id = LIVERY_TRY(call.request.PathId<TicketId>("id"));
    const auto into = TicketId::Parse(call.body.at("into").get<std::string>());
    if (!into || !TicketRepository::Find(tx, *into))
        return InvalidField("into", "error.merge_nowhere");
    return JsonOf(
        LIVERY_TRY(work_.Merge(tx, call.tenant(), id, *into, WriterOf(call), call.request.now())));
}

Result<Json> TicketApi::Escalate(db::Transaction& tx, const Call& call) const {
    const TicketId id = LIVERY_TRY(call.request.PathId<TicketId>("id"));
    return JsonOf(
        LIVERY_TRY(work_.Escalate(tx, call.tenant(), id, WriterOf(call), call.request.now())));
}

void TicketApi::AddTo(Registrar& registrar) {
    AddTicketSchemas(registrar);
    const auto read = [&](const char* path, const char* id, const char* summary,
                          std::vector<api::Parameter> query, const char* reply,
                          api::Reading handler) {
        registrar.Add(api::Operation{Method::kGet, path, id, "Tickets", "tickets:read", summary, "",
                                     std::move(query), "", reply, 200, std::move(handler)});
    };
    auto filters = api::PagingParameters();
    filters.push_back({"queue", "Only those that wait there", {{"type", "string"}}});
    filters.push_back({"unsolved",
                       "true: only what is unsolved, and those first that are due first",
                       {{"type", "string"}, {"enum", {"true", "false"}}}});
    filters.push_back({"state", "Only those in this state", {{"type", "string"}}});
    read("/api/v1/tickets", "listTickets", "Tickets, what moved last first", std::move(filters),
         "TicketList", [this](const Call& call) { return List(call); });
    read("/api/v1/tickets/:id", "getTicket", "One ticket", {}, "Ticket",
         [this](const Call& call) { return Show(call); });
    read("/api/v1/tickets/:id/messages", "listTicketMessages", "What was said, and noted", {},
         "TicketMessageList", [this](const Call& call) { return ListMessages(call); });
    const auto write = [&](Method method, const char* path, const char* id, const char* summary,
                           const char* body, api::Writing handler) {
        registrar.Add(api::Operation{method,
                                     path,
                                     id,
                                     "Tickets",
                                     "tickets:write",
                                     summary,
                                     "409 when the ticket is closed, or was merged.",
                                     {},
                                     body,
                                     "Ticket",
                                     200,
                                     std::move(handler)});
    };
    write(Method::kPost, "/api/v1/tickets/:id/messages", "answerTicket", "Answer, or keep a note",
          "TicketAnswer",
          [this](db::Transaction& tx, const Call& call) { return Answer(tx, call); });
    write(Method::kPatch, "/api/v1/tickets/:id", "changeTicket", "Change what is said",
          "TicketChange",
          [this](db::Transaction& tx, const Call& call) { return Change(tx, call); });
    write(Method::kPost, "/api/v1/tickets/:id/merge", "mergeTicket",
          "Let it go on in another one of the same customer", "TicketMerge",
          [this](db::Transaction& tx, const Call& call) { return Merge(tx, call); });
    write(Method::kPost, "/api/v1/tickets/:id/escalate", "escalateTicket",
          "Raise it, as its clock does", "TicketEscalation",
          [this](db::Transaction& tx, const Call& call) { return Escalate(tx, call); });
}

}  // namespace livery::service_desk
