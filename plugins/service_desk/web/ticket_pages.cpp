#include "web/ticket_pages.h"

#include <livery/db/attempt.h>
#include <livery/http/form_again.h>
#include <livery/http/page_routes.h>

#include "storage/dispute_repository.h"
#include "storage/survey_repository.h"
#include "storage/ticket_repository.h"
#include "storage/watcher_repository.h"
#include "web/about_view.h"
#include "web/reply_form.h"
#include "web/ticket_words.h"

namespace livery::service_desk {

namespace {

using Kind = FormField::Kind;

constexpr std::size_t kPageRows = 25;

std::string PathOf(TicketId id) { return "/tickets/" + id.ToString(); }

// Beside the field that each is about, and in the page's summary.
void AddErrors(const RequestContext& r, const Error* error, View& view) {
    std::map<std::string, std::string> texts;
    if (error != nullptr)
        for (const FieldError& field : error->fields)
            texts[field.field] = r.format().Text(field.message);
    for (const char* field : {"email", "rating", "comment"})
        if (!texts[field].empty()) view.errors.push_back({field, texts[field]});
    view.model.Set("email_error", texts["email"])
        .Flag("has_email_error", !texts["email"].empty())
        .Set("email", texts["email"].empty() ? "" : r.Form("email"))
        .Set("rating_error", texts["rating"] + texts["comment"])
        .Flag("has_rating_error", !(texts["rating"] + texts["comment"]).empty());
}

void AddWatchers(const std::vector<Watcher>& watchers, ViewModel& model) {
    auto& rows = model.Rows("watchers", watchers.size());
    for (const Watcher& watcher : watchers) rows.emplace_back().Set("address", watcher.email);
    model.Flag("has_watchers", !watchers.empty());
}

void AddRating(const RequestContext& r, const Ticket& ticket, const std::optional<Rating>& given,
               ViewModel& model) {
    const Formatter& t = r.format();
    const bool asks = Tickets::DeskOf(r.tenant()).asks_for_ratings && !IsUnsolved(ticket.state);
    model.Flag("asks_rating", asks && !given)
        .Flag("has_rating", given.has_value())
        .Set("rating", given ? t.Text("rating.given_" + std::to_string(given->rating)) : "")
        .Set("comment", r.Form("comment"));
    auto& rows = model.Rows("ratings", 5);
    for (int rating = 5; rating > 0; --rating) {
        const std::string value = std::to_string(rating);
        rows.emplace_back()
            .Set("value", value)
            .Set("label", t.Text("rating.given_" + value))
            .Flag("checked", r.Form("rating") == value);
    }
}

// Without a choice it is the category's.
FormField PriorityField(const RequestContext& r, const Desk& desk) {
    const Formatter& t = r.format();
    FormField field{"priority", t.Text("field.priority"), std::string(r.Form("priority")),
                    Kind::kSelect};
    field.required = false;
    field.options.push_back({"", t.Text("offered_priority.usual")});
    for (const int priority : desk.offered_priorities) {
        const std::string name(PriorityText(priority));
        field.options.push_back({name, t.Text("offered_priority." + name)});
    }
    return field;
}

// What is not offered is none, and refused as such.
std::optional<int> ChosenPriority(const RequestContext& r) {
    if (r.Form("priority").empty()) return std::nullopt;
    const int priority = PriorityFrom(r.Form("priority")).value_or(kNoPriority);
    return Tickets::DeskOf(r.tenant()).Offers(priority) ? priority : kNoPriority;
}

}  // namespace

Result<Reply> TicketPages::List(const RequestContext& r) const {
    const Formatter& t = r.format();
    auto found = TicketRepository::ListOwned(parts_.database, r.tenant().id, AccountOf(r),
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
            .Set("state", StateForCustomer(ticket.state, t))
            .Set("badge", BadgeOf(ticket.state))
            .Set("when", t.Moment(ticket.active_at));
    }
    return view;
}

Result<Asked> TicketPages::AskedAbout(const RequestContext& r) const {
    Asked asked = LIVERY_TRY(AskedOf(r, parts_.subjects));
    if (!asked.disputes) return asked;
    asked.disputed = db::Rehearse<LineObjections::Disputed>(
        parts_.database, r.tenant().id, [&](db::Transaction& tx) {
            return parts_.disputes.Look(tx, r.tenant(), AccountOf(r),
                                        InvoiceLineId(asked.about.id));
        });
    if (!*asked.disputed && asked.disputed->error().code == ErrorCode::kNotFound)
        return asked.disputed->error();
    return asked;
}

FormPage TicketPages::NewForm(const RequestContext& r, const Asked& asked) const {
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
                   std::move(category)};
    if (!desk.offered_priorities.empty()) form.fields.push_back(PriorityField(r, desk));
    form.fields.push_back({"body", t.Text("field.body"), std::string(r.Form("body")),
                           Kind::kParagraphs, t.Text("field.body_hint")});
    if (TakesFiles(r)) form.fields.push_back(FilesField(r));
    form.back = {t.Text("tickets.title"), "/tickets"};
    FillIn(r, asked, form);
    return form;
}

Result<Reply> TicketPages::CannotDispute(const RequestContext& r, const Asked& asked,
                                         const Error& why) const {
    const Formatter& t = r.format();
    FormPage form = NewForm(r, asked);
    form.intro.clear();
    form.alert = t.Text(why.message);
    form.fields.clear();
    form.submit.clear();
    form.links = {{t.Text("help.get"), PathAbout(asked.text, false)}};
    return ToView(form);
}

Result<Reply> TicketPages::ShowNew(const RequestContext& r) const {
    const Asked asked = LIVERY_TRY(AskedAbout(r));
    if (asked.disputes && !*asked.disputed) return CannotDispute(r, asked, asked.disputed->error());
    return ToView(NewForm(r, asked));
}

Result<Reply> TicketPages::Open(const RequestContext& r) const {
    const Asked asked = LIVERY_TRY(AskedAbout(r));
    if (asked.disputes && !*asked.disputed) return CannotDispute(r, asked, asked.disputed->error());
    Tickets::Wish wish{
        AccountOf(r),      std::string(r.Form("subject")), std::string(r.Form("category")),
        ChosenPriority(r), std::string(r.Form("body")),    asked.about};
    // The words first: what is refused writes no file.
    if (const auto words = Tickets::CheckWish(r.tenant(), wish); !words)
        return FormAgain(r, NewForm(r, asked), words.error());
    auto files = parts_.attachments.Keep(r.tenant(), UploadsOf(r));
    // Whatever it is, the words stay.
    if (!files) return FormAgain(r, NewForm(r, asked), Invalid(files.error().fields));
    wish.attachments = *std::move(files);
    const auto opened =
        db::Attempt<Ticket>(parts_.database, r.tenant().id, [&](db::Transaction& tx) {
            return asked.disputes ? parts_.disputes.Open(tx, r.tenant(), wish, WriterOf(r), r.now())
                                  : parts_.tickets.Open(tx, r.tenant(), wish, WriterOf(r), r.now());
        });
    if (opened)
        return Redirect{PathOf(opened->id),
                        asked.disputes ? "notice.dispute_opened" : "notice.ticket_opened"};
    // Somebody was faster than the look before.
    if (asked.disputes && opened.error().code == ErrorCode::kConflict)
        return CannotDispute(r, asked, opened.error());
    return FormAgain(r, NewForm(r, asked), opened.error());
}

Result<Ticket> TicketPages::Named(const RequestContext& r) const {
    const TicketId id = LIVERY_TRY(r.PathId<TicketId>("id"));
    auto ticket = TicketRepository::ReadOwned(parts_.database, r.tenant().id, AccountOf(r), id);
    if (!ticket) return NotFound("no such ticket");
    return *std::move(ticket);
}

View TicketPages::Page(const RequestContext& r, const Ticket& ticket, const Error* error) const {
    const Formatter& t = r.format();
    View view{"ticket", ticket.subject, {}, 200, {}};
    const bool closed = ticket.state == TicketState::kClosed;
    ShowAbout(r, parts_.subjects, ticket, view.model);
    ShowDispute(r, DisputeRepository::Of(parts_.database, r.tenant().id, ticket.id),
                Party::kCustomer, view.model);
    view.model.Set("subject", ticket.subject)
        .Set("number", ticket.number)
        .Set("category", CategoryName(Tickets::DeskOf(r.tenant()), ticket.category, t))
        .Set("priority",
             t.Text("ticket.priority", {{"priority", PriorityName(ticket.priority, t)}}))
        .Set("state", StateForCustomer(ticket.state, t))
        .Set("state_words", t.Text("ticket_words." + std::string(ToString(ticket.state))))
        .Set("badge", BadgeOf(ticket.state))
        .Set("since", t.Moment(ticket.created_at))
        .Set("page_href", PathOf(ticket.id))
        .Flag("can_solve", MayFollow(ticket.state, TicketState::kSolved, Party::kCustomer))
        .Flag("can_reopen", ticket.state == TicketState::kSolved)
        .Flag("is_closed", closed);
    AddReplyForm(r, error, view);
    AddErrors(r, error, view);
    AddWatchers(WatcherRepository::List(parts_.database, r.tenant().id, ticket.id), view.model);
    AddRating(r, ticket, SurveyRepository::Find(parts_.database, r.tenant().id, ticket.id),
              view.model);
    AddTalk(r, TicketRepository::Messages(parts_.database, r.tenant().id, ticket.id, false),
            {Party::kCustomer, PathOf(ticket.id)}, view.model);
    return view;
}

Result<Reply> TicketPages::Show(const RequestContext& r) const {
    const Ticket ticket = LIVERY_TRY(Named(r));
    if (ticket.merged_into) return Redirect{PathOf(*ticket.merged_into), ""};
    return Page(r, ticket, nullptr);
}

Result<Reply> TicketPages::Answer(const RequestContext& r) const {
    const Ticket ticket = LIVERY_TRY(Named(r));
    if (const auto words = Tickets::CheckBody(std::string(r.Form("body"))); !words)
        return Page(r, ticket, &words.error());
    auto files = parts_.attachments.Keep(r.tenant(), UploadsOf(r));
    if (!files) return Page(r, ticket, &files.error());
    Tickets::Reply reply{ticket.id, std::string(r.Form("body"))};
    reply.attachments = *std::move(files);
    const auto done = db::Attempt<Ticket>(parts_.database, r.tenant().id, [&](db::Transaction& tx) {
        return parts_.tickets.ReplyOwned(tx, r.tenant(), AccountOf(r), reply, WriterOf(r), r.now());
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
    const auto done = db::Attempt<Ticket>(parts_.database, r.tenant().id, [&](db::Transaction& tx) {
        return parts_.tickets.MoveOwned(tx, r.tenant(), AccountOf(r), id, wanted, WriterOf(r),
                                        r.now());
    });
    if (!done && done.error().code != ErrorCode::kConflict) return done.error();
    return Redirect{PathOf(id), done ? notice : "notice.ticket_moved"};
}

template <class Action>
Result<Reply> TicketPages::Act(const RequestContext& r, const char* notice,
                               const Action& action) const {
    const TicketId id = LIVERY_TRY(r.PathId<TicketId>("id"));
    struct Done {};
    const auto done =
        db::Attempt<Done>(parts_.database, r.tenant().id, [&](db::Transaction& tx) -> Result<Done> {
            const Result<void> outcome = action(tx, id);
            if (!outcome) return outcome.error();
            return Done{};
        });
    if (done) return Redirect{PathOf(id), notice};
    if (done.error().code == ErrorCode::kConflict)
        return Redirect{PathOf(id), "notice.ticket_moved"};
    if (done.error().code != ErrorCode::kInvalidArgument) return done.error();
    return Page(r, LIVERY_TRY(Named(r)), &done.error());
}

Result<Reply> TicketPages::Watch(const RequestContext& r) const {
    return Act(r, "notice.watched", [&](db::Transaction& tx, TicketId id) {
        return parts_.watchers.Add(tx, AccountOf(r), id, std::string(r.Form("email")), WriterOf(r));
    });
}

Result<Reply> TicketPages::Unwatch(const RequestContext& r) const {
    return Act(r, "notice.unwatched", [&](db::Transaction& tx, TicketId id) {
        return parts_.watchers.Remove(tx, AccountOf(r), id, std::string(r.Form("email")),
                                      WriterOf(r));
    });
}

Result<Reply> TicketPages::Rate(const RequestContext& r) const {
    const std::string_view rating = r.Form("rating");
    const int value = rating.size() == 1 ? rating.front() - '0' : 0;
    return Act(r, "notice.rated", [&](db::Transaction& tx, TicketId id) {
        return parts_.watchers.Rate(tx, AccountOf(r), id, value, std::string(r.Form("comment")),
                                    WriterOf(r), r.now());
    });
}

Result<Reply> TicketPages::Solve(const RequestContext& r) const {
    const TicketId id = LIVERY_TRY(r.PathId<TicketId>("id"));
    const auto done = db::Attempt<Ticket>(parts_.database, r.tenant().id, [&](db::Transaction& tx) {
        return parts_.disputes.SolveOwned(tx, r.tenant(), AccountOf(r), id, WriterOf(r), r.now());
    });
    if (!done && done.error().code != ErrorCode::kConflict) return done.error();
    return Redirect{PathOf(id), done ? "notice.solved" : "notice.ticket_moved"};
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
    routes.PostFiles(Access::kSignedIn, "/tickets/new", &P::Open, "Open a ticket",
                     RateClass::kForm);
    routes.Get(Access::kSignedIn, "/tickets/:id", &P::Show, "One ticket");
    routes.PostFiles(Access::kSignedIn, "/tickets/:id/reply", &P::Answer, "Answer",
                     RateClass::kForm);
    routes.Post(Access::kSignedIn, "/tickets/:id/solve", &P::Solve, "Say that it is solved",
                RateClass::kForm);
    routes.Post(Access::kSignedIn, "/tickets/:id/reopen", &P::Reopen, "Open it again",
                RateClass::kForm);
    routes.Post(Access::kSignedIn, "/tickets/:id/watchers", &P::Watch, "Add a watcher",
                RateClass::kForm);
    routes.Post(Access::kSignedIn, "/tickets/:id/watchers/remove", &P::Unwatch, "Remove a watcher",
                RateClass::kForm);
    routes.Post(Access::kSignedIn, "/tickets/:id/rate", &P::Rate, "Say how it went",
                RateClass::kForm);
}

}  // namespace livery::service_desk
