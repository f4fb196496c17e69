#include "api/ticket_api.h"

#include <sodium.h>

#include <livery/api/page.h>
#include <livery/api/schema.h>

#include "api/ticket_schemas.h"
#include "domain/file_type.h"
#include "storage/attachment_repository.h"
#include "storage/desk_list_repository.h"
#include "storage/survey_repository.h"
#include "storage/watcher_repository.h"

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

// In base64 (RFC 4648 section 4), nothing else between.
std::optional<std::string> Decoded(const std::string& text) {
    std::string bytes(text.size() / 4 * 3 + 3, '\0');
    std::size_t size = 0;
    const char* end = nullptr;
    if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(),
                          text.size(), nullptr, &size, &end, sodium_base64_VARIANT_ORIGINAL) != 0 ||
        end != text.data() + text.size())
        return std::nullopt;
    bytes.resize(size);
    return bytes;
}

Result<std::vector<Upload>> UploadsIn(const Json& body) {
    std::vector<Upload> uploads;
    if (!body.contains("attachments")) return uploads;
    for (const Json& one : body["attachments"]) {
        auto content = Decoded(one.at("content").get<std::string>());
        if (!content) return InvalidField("attachments", "error.file_base64");
        uploads.push_back({one.at("name").get<std::string>(), *std::move(content)});
    }
    return uploads;
}

// A form calls them files.
Error OfAttachments(Error error) {
    for (FieldError& field : error.fields) field.field = "attachments";
    return error;
}

std::vector<std::string> FileTypes() {
    std::vector<std::string> types;
    for (const FileType type : kFileTypes) types.emplace_back(MimeType(type));
    return types;
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
    auto found = DeskListRepository::List(parts_.database, call.tenant().id, wish);
    const std::string next = api::CutToPage(found, paging, [&](const Ticket& ticket) {
        return DeskListRepository::PlaceOf(ticket, wish);
    });
    Json data = Json::array();
    for (const Ticket& ticket : found) data.push_back(JsonOf(ticket, parts_.subjects));
    return api::ListReply(std::move(data), next);
}

Result<Json> TicketApi::Show(const Call& call) const {
    const TicketId id = LIVERY_TRY(call.request.PathId<TicketId>("id"));
    std::optional<Ticket> ticket;
    parts_.database.Transact(call.tenant().id,
                             [&](db::Transaction& tx) { ticket = TicketRepository::Find(tx, id); });
    if (!ticket) return NotFound("no such ticket");
    Json json = JsonOf(*ticket, parts_.subjects);
    json["rating"] = JsonOf(SurveyRepository::Find(parts_.database, call.tenant().id, id));
    return json;
}

Result<Json> TicketApi::ListMessages(const Call& call) const {
    LIVERY_TRY(Show(call));
    const TicketId id = LIVERY_TRY(call.request.PathId<TicketId>("id"));
    Json data = Json::array();
    for (const Message& message :
         TicketRepository::Messages(parts_.database, call.tenant().id, id, true))
        data.push_back(JsonOf(message));
    return api::ListReply(std::move(data), "");
}

Result<Json> TicketApi::Open(db::Transaction& tx, const Call& call) const {
    const Json& body = call.body;
    const auto account = AccountId::Parse(body.at("account").get<std::string>());
    if (!account) return InvalidField("account", "error.account");
    ForCustomers::Wish wish{*account,
                            body.at("subject").get<std::string>(),
                            body.at("category").get<std::string>(),
                            body.value("priority", ""),
                            body.at("body").get<std::string>(),
                            "",
                            "",
                            body.at("by").get<std::string>()};
    if (body.contains("about")) {
        wish.about_kind = body["about"].at("kind").get<std::string>();
        wish.about_id = body["about"].at("id").get<std::string>();
    }
    auto opened = parts_.for_customers.Open(
        tx, call.tenant(), wish, call.request.request().client_address, call.request.now());
    // An account is a member of the body here, and no page of its own.
    if (!opened && opened.error().code == ErrorCode::kNotFound)
        return InvalidField("account", "error.account");
    return JsonOf(LIVERY_TRY(std::move(opened)), parts_.subjects);
}

Result<api::File> TicketApi::File(const Call& call) const {
    const TicketId ticket = LIVERY_TRY(call.request.PathId<TicketId>("id"));
    const AttachmentId id = LIVERY_TRY(call.request.PathId<AttachmentId>("attachment"));
    const auto found = AttachmentRepository::Find(parts_.database, call.tenant().id, ticket, id);
    if (!found) return NotFound("no such attachment");
    return api::File{LIVERY_TRY(parts_.attachments.Content(call.tenant(), *found)),
                     std::string(ContentType(found->mime_type)), found->name};
}

// The files are kept before the ticket's row is locked: for the scanner waits nobody but this call.
// Those for a ticket that is not there are swept.
Result<Json> TicketApi::Answer(db::Transaction& tx, const Call& call) const {
    const TicketId id = LIVERY_TRY(call.request.PathId<TicketId>("id"));
    const auto uploads = LIVERY_TRY(UploadsIn(call.body));
    const auto files = parts_.attachments.Keep(call.tenant(), uploads);
    if (!files) return OfAttachments(files.error());
    const Tickets::Reply reply{id, call.body.at("body").get<std::string>(), StateIn(call.body),
                               call.body.value("note", false), *files};
    return JsonOf(LIVERY_TRY(parts_.tickets.Answer(tx, call.tenant(), reply, WriterOf(call),
                                                   call.request.now())),
                  parts_.subjects);
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
    Ticket ticket = LIVERY_TRY(parts_.work.Set(tx, call.tenant(), id, change, writer));
    const auto wanted = StateIn(body);
    if (wanted && *wanted != ticket.state)
        ticket = LIVERY_TRY(
            parts_.tickets.Move(tx, call.tenant(), id, *wanted, writer, call.request.now()));
    return JsonOf(ticket, parts_.subjects);
}

Result<Json> TicketApi::Merge(db::Transaction& tx, const Call& call) const {
    const TicketId id = LIVERY_TRY(call.request.PathId<TicketId>("id"));
    const auto into = TicketId::Parse(call.body.at("into").get<std::string>());
    if (!into || !TicketRepository::Find(tx, *into))
        return InvalidField("into", "error.merge_nowhere");
    return JsonOf(LIVERY_TRY(parts_.work.Merge(tx, call.tenant(), id, *into, WriterOf(call),
                                               call.request.now())),
                  parts_.subjects);
}

Result<Json> TicketApi::Split(db::Transaction& tx, const Call& call) const {
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

Result<Json> TicketApi::ListWatchers(const Call& call) const {
    LIVERY_TRY(Show(call));
    const TicketId id = LIVERY_TRY(call.request.PathId<TicketId>("id"));
    return WatchersJson(WatcherRepository::List(parts_.database, call.tenant().id, id));
}

Result<Json> TicketApi::Watch(db::Transaction& tx, const Call& call) const {
    const TicketId id = LIVERY_TRY(call.request.PathId<TicketId>("id"));
    LIVERY_TRY(parts_.watchers.Add(tx, std::nullopt, id, call.body.at("email").get<std::string>(),
                                   WriterOf(call)));
    return WatchersJson(WatcherRepository::List(tx, id));
}

Result<Json> TicketApi::Unwatch(db::Transaction& tx, const Call& call) const {
    const TicketId id = LIVERY_TRY(call.request.PathId<TicketId>("id"));
    LIVERY_TRY(parts_.watchers.Remove(tx, std::nullopt, id,
                                      call.body.at("email").get<std::string>(), WriterOf(call)));
    return WatchersJson(WatcherRepository::List(tx, id));
}

Result<Json> TicketApi::Escalate(db::Transaction& tx, const Call& call) const {
    const TicketId id = LIVERY_TRY(call.request.PathId<TicketId>("id"));
    return JsonOf(
        LIVERY_TRY(parts_.work.Escalate(tx, call.tenant(), id, WriterOf(call), call.request.now())),
        parts_.subjects);
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
    read("/api/v1/tickets/:id/watchers", "listTicketWatchers", "Who else is told", {},
         "TicketWatcherList", [this](const Call& call) { return ListWatchers(call); });
    api::Operation file{Method::kGet,
                        "/api/v1/tickets/:id/attachments/:attachment",
                        "getTicketAttachment",
                        "Tickets",
                        "tickets:read",
                        "A file of a message",
                        "As it was sent; what it is was told by its content.",
                        {},
                        "",
                        "",
                        200,
                        api::Delivering([this](const Call& call) { return File(call); })};
    file.files = FileTypes();
    registrar.Add(std::move(file));
    registrar.Add(
        api::Operation{Method::kPost,
                       "/api/v1/tickets",
                       "openTicket",
                       "Tickets",
                       "tickets:write",
                       "Write down what a customer asks",
                       "As if the customer had: it is told by mail that the request is here, and "
                       "what is answered.",
                       {},
                       "NewTicket",
                       "Ticket",
                       201,
                       [this](db::Transaction& tx, const Call& call) { return Open(tx, call); }});
    const auto write = [&](Method method, const char* path, const char* id, const char* summary,
                           const char* body, api::Writing handler, const char* reply = "Ticket") {
        registrar.Add(
            api::Operation{method,
                           path,
                           id,
                           "Tickets",
                           "tickets:write",
                           summary,
                           "409 when the ticket is closed, or was merged, or would be over "
                           "before what it disputes is decided.",
                           {},
                           body,
                           reply,
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
    write(Method::kPost, "/api/v1/tickets/:id/split", "splitTicket",
          "Make a ticket of some of its messages", "TicketSplit",
          [this](db::Transaction& tx, const Call& call) { return Split(tx, call); });
    write(
        Method::kPost, "/api/v1/tickets/:id/watchers", "addTicketWatcher", "Tell somebody else",
        "TicketWatch", [this](db::Transaction& tx, const Call& call) { return Watch(tx, call); },
        "TicketWatcherList");
    write(
        Method::kPost, "/api/v1/tickets/:id/watchers/remove", "removeTicketWatcher",
        "Tell somebody no more", "TicketWatch",
        [this](db::Transaction& tx, const Call& call) { return Unwatch(tx, call); },
        "TicketWatcherList");
    write(Method::kPost, "/api/v1/tickets/:id/escalate", "escalateTicket",
          "Raise it, as its clock does", "TicketEscalation",
          [this](db::Transaction& tx, const Call& call) { return Escalate(tx, call); });
}

}  // namespace livery::service_desk
