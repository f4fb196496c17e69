#include "web/split_page.h"

#include <algorithm>

#include <livery/db/attempt.h>
#include <livery/http/page_routes.h>

#include "storage/ticket_repository.h"
#include "web/desk_list.h"
#include "web/ticket_words.h"

namespace livery::service_desk {

Result<View> SplitPage::Page(const RequestContext& r, const Error* error) const {
    const Formatter& t = r.format();
    const TicketId id = LIVERY_TRY(r.PathId<TicketId>("id"));
    std::optional<Ticket> ticket;
    database_.Transact(r.tenant().id,
                       [&](db::Transaction& tx) { ticket = TicketRepository::Find(tx, id); });
    if (!ticket || ticket->merged_into || ticket->state == TicketState::kClosed)
        return NotFound("no such ticket to split");
    std::map<std::string, std::string> texts;
    if (error != nullptr)
        for (const FieldError& field : error->fields) texts[field.field] = t.Text(field.message);
    View view{"desk_split", t.Text("split.title"), {}, texts.empty() ? 200 : 422, {}};
    for (const auto& [field, text] : texts) view.errors.push_back({field, text});
    const auto chosen = r.request().form.All("message");
    const auto talk = TicketRepository::Messages(database_, r.tenant().id, id, true);
    auto& rows = view.model.Rows("messages", talk.size());
    for (const Message& message : talk)
        rows.emplace_back()
            .Set("id", message.id.ToString())
            .Set("who", message.author_name)
            .Set("when", t.Moment(message.at))
            .Set("words", message.body)
            .Flag("checked",
                  std::find(chosen.begin(), chosen.end(), message.id.ToString()) != chosen.end());
    view.model.Set("number", ticket->number)
        .Set("page_href", ConsolePathOf(id))
        .Set("subject", r.Form("subject"))
        .Set("subject_error", texts["subject"])
        .Flag("has_subject_error", !texts["subject"].empty())
        .Set("messages_error", texts["messages"])
        .Flag("has_messages_error", !texts["messages"].empty());
    return view;
}

Result<Reply> SplitPage::Show(const RequestContext& r) const {
    return LIVERY_TRY(Page(r, nullptr));
}

Result<Reply> SplitPage::Split(const RequestContext& r) const {
    const TicketId id = LIVERY_TRY(r.PathId<TicketId>("id"));
    std::vector<MessageId> messages;
    for (const std::string_view text : r.request().form.All("message"))
        // One that is none belongs to no ticket.
        messages.push_back(MessageId::Parse(text).value_or(MessageId()));
    const auto part = db::Attempt<Ticket>(database_, r.tenant().id, [&](db::Transaction& tx) {
        return work_.Split(tx, r.tenant(), id, messages, std::string(r.Form("subject")),
                           WriterOf(r), r.now());
    });
    if (part) return Redirect{ConsolePathOf(part->id), "notice.split"};
    if (part.error().code == ErrorCode::kConflict)
        return Redirect{ConsolePathOf(id), "notice.ticket_moved"};
    if (part.error().code != ErrorCode::kInvalidArgument) return part.error();
    return LIVERY_TRY(Page(r, &part.error()));
}

void SplitPage::AddTo(Registrar& registrar) {
    using P = SplitPage;
    PageRoutes<P> routes(registrar, *this, "tickets.answer");
    routes.Get(Access::kSignedIn, "/console/tickets/:id/split", &P::Show,
               "Messages that may become a ticket of their own");
    routes.Post(Access::kSignedIn, "/console/tickets/:id/split", &P::Split,
                "Make a ticket of some messages", RateClass::kForm);
}

}  // namespace livery::service_desk
