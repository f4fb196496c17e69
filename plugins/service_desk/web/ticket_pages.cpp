#include "web/ticket_pages.h"

#include <livery/db/attempt.h>
#include <livery/http/form_again.h>
#include <livery/http/page_routes.h>

#include "storage/ticket_repository.h"
#include "web/ticket_words.h"

namespace livery::service_desk {

namespace {

using Kind = FormField::Kind;

constexpr std::size_t kPageRows = 25;

std::string PathOf(TicketId id) { return "/tickets/" + id.ToString(); }

}  // namespace

Result<Reply> TicketPages::List(const RequestContext& r) const {
    const Formatter& t = r.format();
    auto found = TicketRepository::ListOwned(database_, r.tenant().id, AccountOf(r),
                                             TicketPlace::Parse(r.Query("after")), kPageRows + 1);
    const bool more = found.size() > kPageRows;
    if (more) found.pop_back();
    View view{"tickets", t.Text("tickets.title"), {}, 200, {}};
    view.model.Flag("has_tickets", !found.empty())
        .Flag("has_more", more)
        .Set("more_href", more ? "/tickets?after=" +
                                     TicketPlace{found.back().active_at, found.back().id}.ToString()
                               : "");
    auto& rows = view.model.Rows("tickets", found.size());
    for (const Ticket& ticket : found) {
        rows.emplace_back()
            .Set("number", ticket.number)
            .Set("subject", ticket.subject)
            .Set("href", PathOf(ticket.id))
            .Set("category", CategoryName(Tickets::DeskOf(r.tenant()), ticket.category, t))
            .Set("state", StateName(ticket.state, t))
            .Set("badge", BadgeOf(ticket.state))
            .Set("when", t.Moment(ticket.active_at));
    }
    return view;
}

FormPage TicketPages::NewForm(const RequestContext& r) const {
    const Formatter& t = r.format();
    const Desk& desk = Tickets::DeskOf(r.tenant());
    FormPage form{t.Text("new_ticket.title"),
                  t.Text("new_ticket.intro", {{"brand", r.tenant().name}}),
                  "/tickets/new",
                  t.Text("new_ticket.submit"),
                  {}};
    FormField category{"category", t.Text("field.category"), std::string(r.Form("category")),
                       Kind::kSelect};
    if (category.value.empty()) category.value = r.Query("category");
    category.options.push_back({"", t.Text("form.choose")});
    for (const auto& [id, one] : desk.categories)
        category.options.push_back({id, In(one.label, t.language())});
    form.fields = {{"subject", t.Text("field.subject"), std::string(r.Form("subject"))},
                   std::move(category),
                   {"body", t.Text("field.body"), std::string(r.Form("body")), Kind::kParagraphs,
                    t.Text("field.body_hint")}};
    form.back = {t.Text("tickets.title"), "/tickets"};
    return form;
}

Result<Reply> TicketPages::ShowNew(const RequestContext& r) const { return ToView(NewForm(r)); }

Result<Reply> TicketPages::Open(const RequestContext& r) const {
    const Tickets::Wish wish{
        AccountOf(r), std::string(r.Form("subject")), std::string(r.Form("category")),
        std::nullopt, std::string(r.Form("body")),    {}};
    const auto opened = db::Attempt<Ticket>(database_, r.tenant().id, [&](db::Transaction& tx) {
        return tickets_.Open(tx, r.tenant(), wish, WriterOf(r), r.now());
    });
    if (opened) return Redirect{PathOf(opened->id), "notice.ticket_opened"};
    return FormAgain(r, NewForm(r), opened.error());
}

Result<Ticket> TicketPages::Named(const RequestContext& r) const {
    const TicketId id = LIVERY_TRY(r.PathId<TicketId>("id"));
    std::optional<Ticket> ticket;
    database_.Transact(r.tenant().id, [&](db::Transaction& tx) {
        ticket = TicketRepository::FindOwned(tx, AccountOf(r), id);
    });
    if (!ticket) return NotFound("no such ticket");
    return *std::move(ticket);
}

View TicketPages::Page(const RequestContext& r, const Ticket& ticket, const Error* error) const {
    const Formatter& t = r.format();
    View view{"ticket", ticket.subject, {}, 200, {}};
    const bool closed = ticket.state == TicketState::kClosed;
    view.model.Set("subject", ticket.subject)
        .Set("number", ticket.number)
        .Set("category", CategoryName(Tickets::DeskOf(r.tenant()), ticket.category, t))
        .Set("state", StateName(ticket.state, t))
        .Set("state_words", t.Text("ticket_words." + std::string(ToString(ticket.state))))
        .Set("badge", BadgeOf(ticket.state))
        .Set("since", t.Moment(ticket.created_at))
        .Set("page_href", PathOf(ticket.id))
        .Set("body", error == nullptr ? "" : r.Form("body"))
        .Set("body_error", "")
        .Flag("has_body_error", error != nullptr)
        .Flag("can_solve", MayFollow(ticket.state, TicketState::kSolved, Party::kCustomer))
        .Flag("can_reopen", ticket.state == TicketState::kSolved)
        .Flag("is_closed", closed);
    if (error != nullptr) {
        const std::string text = t.Text("error.body");
        view.model.Set("body_error", text);
        view.errors.push_back({"body", text});
        view.status = 422;
    }
    AddTalk(r, TicketRepository::Messages(database_, r.tenant().id, ticket.id, false),
            Party::kCustomer, view.model);
    return view;
}

Result<Reply> TicketPages::Show(const RequestContext& r) const {
    const Ticket ticket = LIVERY_TRY(Named(r));
    if (ticket.merged_into) return Redirect{PathOf(*ticket.merged_into), ""};
    return Page(r, ticket, nullptr);
}

Result<Reply> TicketPages::Answer(const RequestContext& r) const {
    const Ticket ticket = LIVERY_TRY(Named(r));
    const auto done = db::Attempt<Ticket>(database_, r.tenant().id, [&](db::Transaction& tx) {
        return tickets_.ReplyOwned(tx, r.tenant(), AccountOf(r),
                                   {ticket.id, std::string(r.Form("body"))}, WriterOf(r), r.now());
    });
    if (!done && done.error().code == ErrorCode::kInvalidArgument)
        return Page(r, ticket, &done.error());
    if (!done) return done.error();
    return Redirect{PathOf(done->id),
                    done->follows == ticket.id ? "notice.ticket_follows" : "notice.replied"};
}

Result<Reply> TicketPages::Move(const RequestContext& r, TicketState wanted,
                                const char* notice) const {
    const TicketId id = LIVERY_TRY(r.PathId<TicketId>("id"));
    const auto done = db::Attempt<Ticket>(database_, r.tenant().id, [&](db::Transaction& tx) {
        return tickets_.MoveOwned(tx, r.tenant(), AccountOf(r), id, wanted, WriterOf(r), r.now());
    });
    if (!done && done.error().code != ErrorCode::kConflict) return done.error();
    return Redirect{PathOf(id), done ? notice : "notice.ticket_moved"};
}

Result<Reply> TicketPages::Solve(const RequestContext& r) const {
    return Move(r, TicketState::kSolved, "notice.solved");
}

Result<Reply> TicketPages::Reopen(const RequestContext& r) const {
    return Move(r, TicketState::kOpen, "notice.reopened");
}

void TicketPages::AddTo(Registrar& registrar) {
    using P = TicketPages;
    registrar.Add(NavItem{"nav.tickets", "/tickets", "life-buoy", 60});
    PageRoutes<P> routes(registrar, *this);
    routes.Get(Access::kSignedIn, "/tickets", &P::List, "Tickets");
    routes.Get(Access::kSignedIn, "/tickets/new", &P::ShowNew, "Form for a ticket");
    routes.Post(Access::kSignedIn, "/tickets/new", &P::Open, "Open a ticket", RateClass::kForm);
    routes.Get(Access::kSignedIn, "/tickets/:id", &P::Show, "One ticket");
    routes.Post(Access::kSignedIn, "/tickets/:id/reply", &P::Answer, "Answer", RateClass::kForm);
    routes.Post(Access::kSignedIn, "/tickets/:id/solve", &P::Solve, "Say that it is solved",
                RateClass::kForm);
    routes.Post(Access::kSignedIn, "/tickets/:id/reopen", &P::Reopen, "Open it again",
                RateClass::kForm);
}

}  // namespace livery::service_desk
