#include "api/ticket_api.h"

#include <sodium.h>

#include <livery/api/page.h>
#include <livery/api/schema.h>

#include "api/ticket_schemas.h"
#include "api/ticket_writing.h"
#include "domain/file_type.h"
#include "storage/attachment_repository.h"
#include "storage/desk_list_repository.h"
#include "storage/dispute_repository.h"
#include "storage/survey_repository.h"

namespace livery::service_desk {

using api::Call;
using api::Json;

namespace {

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

// What KeepFiles has kept.
std::vector<Attachment> Kept(const Call& call) {
    return std::any_cast<std::vector<Attachment>>(call.prepared);
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
    wish.account = LIVERY_TRY(api::QueryId<AccountId>(call, "account"));
    wish.unassigned = call.request.Query("assignee") == "nobody";
    if (!wish.unassigned) wish.assignee = LIVERY_TRY(api::QueryId<UserId>(call, "assignee"));
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
    const auto ticket = TicketRepository::Read(parts_.database, call.tenant().id, id);
    if (!ticket) return NotFound("no such ticket");
    Json json = JsonOf(*ticket, parts_.subjects);
    json["dispute"] = JsonOf(DisputeRepository::Of(parts_.database, call.tenant().id, id));
    json["rating"] = JsonOf(SurveyRepository::Find(parts_.database, call.tenant().id, id));
    return json;
}

Result<Json> TicketApi::ListMessages(const Call& call) const {
    const TicketId id = LIVERY_TRY(call.request.PathId<TicketId>("id"));
    if (!TicketRepository::Read(parts_.database, call.tenant().id, id))
        return NotFound("no such ticket");
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
    wish.disputes = body.value("dispute", false);
    wish.attachments = Kept(call);
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

// Those for a ticket that is not there are swept.
Result<std::any> TicketApi::KeepFiles(const Call& call) const {
    auto files = parts_.attachments.Keep(call.tenant(), LIVERY_TRY(UploadsIn(call.body)));
    if (!files) return OfAttachments(files.error());
    return std::any(*std::move(files));
}

Result<Json> TicketApi::Answer(db::Transaction& tx, const Call& call) const {
    const TicketId id = LIVERY_TRY(call.request.PathId<TicketId>("id"));
    const Tickets::Reply reply{id, call.body.at("body").get<std::string>(), StateIn(call.body),
                               call.body.value("note", false), Kept(call)};
    return JsonOf(LIVERY_TRY(parts_.tickets.Answer(tx, call.tenant(), reply, WriterOf(call),
                                                   call.request.now())),
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
                       "true: only what is unsolved, and those first that are due first; of one "
                       "account what moved last first",
                       {{"type", "string"}, {"enum", {"true", "false"}}}});
    filters.push_back({"state", "Only those in this state", {{"type", "string"}}});
    filters.push_back({"account", "Only those of this account", api::IdText("acc")});
    filters.push_back({"assignee", "Only theirs: usr_…, or nobody", {{"type", "string"}}});
    read("/api/v1/tickets", "listTickets", "Tickets, what moved last first", std::move(filters),
         "TicketList", [this](const Call& call) { return List(call); });
    read("/api/v1/tickets/:id", "getTicket", "One ticket", {}, "Ticket",
         [this](const Call& call) { return Show(call); });
    read("/api/v1/tickets/:id/messages", "listTicketMessages", "What was said, and noted", {},
         "TicketMessageList", [this](const Call& call) { return ListMessages(call); });
    AddFile(registrar);
    AddOpen(registrar);
    TicketWriting answering{
        Method::kPost,  "/api/v1/tickets/:id/messages",
        "answerTicket", "Answer, or keep a note",
        "TicketAnswer", [this](db::Transaction& tx, const Call& call) { return Answer(tx, call); }};
    answering.prepare = [this](const Call& call) { return KeepFiles(call); };
    AddTicketWriting(registrar, std::move(answering));
}

void TicketApi::AddFile(Registrar& registrar) {
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
}

void TicketApi::AddOpen(Registrar& registrar) {
    api::Operation opening{
        Method::kPost,
        "/api/v1/tickets",
        "openTicket",
        "Tickets",
        "tickets:write",
        "Write down what a customer asks",
        "As if the customer had: it is told by mail that the request is here, and what is "
        "answered. 409 when a line that is to be disputed cannot be: its invoice is paid, or it is "
        "disputed already.",
        {},
        "NewTicket",
        "Ticket",
        201,
        [this](db::Transaction& tx, const Call& call) { return Open(tx, call); }};
    opening.prepare = [this](const Call& call) { return KeepFiles(call); };
    registrar.Add(std::move(opening));
}

}  // namespace livery::service_desk
