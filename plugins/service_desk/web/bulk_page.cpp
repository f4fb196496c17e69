#include "web/bulk_page.h"

#include <algorithm>

#include <livery/db/attempt.h>
#include <livery/http/page_routes.h>

#include "storage/ticket_repository.h"
#include "web/desk_list.h"
#include "web/ticket_words.h"

namespace livery::service_desk {

namespace {

constexpr const char* kBulkPath = "/console/tickets/bulk";
// As many as a page of the list shows.
constexpr std::size_t kMost = ListQuery::kPageRows;

std::string StandOf(const RequestContext& r, const Ticket& ticket) {
    const Formatter& t = r.format();
    return QueueName(Tickets::DeskOf(r.tenant()), ticket.queue, t) + " · " +
           PriorityName(ticket.priority, t) + " · " + StateName(ticket.state, t);
}

}  // namespace

std::optional<BulkPage::Step> BulkPage::StepIn(std::string_view text) {
    const auto colon = text.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    return Step{std::string(text.substr(0, colon)), std::string(text.substr(colon + 1))};
}

void BulkPage::AddSteps(const RequestContext& r, ViewModel& model) const {
    const Formatter& t = r.format();
    const Desk& desk = Tickets::DeskOf(r.tenant());
    auto& rows = model.Rows("steps", 24);
    const auto add = [&](const std::string& step, const std::string& what, const std::string& to) {
        rows.emplace_back()
            .Set("value", step)
            .Set("label", t.Text("bulk.to", {{"what", what}, {"to", to}}))
            .Flag("selected", r.Form("step") == step);
    };
    for (const auto& [id, macro] : desk.macros)
        add("macro:" + id, t.Text("desk.macro"), In(macro.label, t.language()));
    for (const TicketState state :
         {TicketState::kOpen, TicketState::kWaitingForCustomer, TicketState::kSolved})
        add("state:" + std::string(ToString(state)), t.Text("desk.state"), StateName(state, t));
    for (const auto& [id, label] : desk.queues)
        add("queue:" + id, t.Text("desk.queue"), In(label, t.language()));
    for (int i = 0; i < std::ssize(kPriorities); ++i)
        add("priority:" + std::string(PriorityText(i)), t.Text("desk.priority"),
            PriorityName(i, t));
    if (!r.May("tickets.assign")) return;
    for (const Staff::Member& member : parts_.staff.List(r.tenant().id))
        if (MayAnswer(r.tenant(), member))
            add("agent:" + member.id.ToString(), t.Text("desk.agent"), member.display_name);
}

View BulkPage::Page(const RequestContext& r, const std::vector<Ticket>& tickets,
                    const std::string& error) const {
    const Formatter& t = r.format();
    View view{"desk_bulk", t.Text("bulk.title"), {}, error.empty() ? 200 : 422, {}};
    const auto chosen = r.request().form.All("ticket");
    auto& rows = view.model.Rows("tickets", tickets.size());
    for (const Ticket& ticket : tickets)
        rows.emplace_back()
            .Set("id", ticket.id.ToString())
            .Set("number", ticket.number)
            .Set("subject", ticket.subject)
            .Set("stand", StandOf(r, ticket))
            .Flag("checked",
                  std::find(chosen.begin(), chosen.end(), ticket.id.ToString()) != chosen.end());
    view.model.Flag("has_tickets", !tickets.empty())
        .Set("action", DeskQuery(r).FromStart().Href(kBulkPath))
        .Set("back_href", DeskQuery(r).FromStart().Href(kDeskPath))
        .Set("error", error)
        .Flag("has_error", !error.empty());
    if (!error.empty()) view.errors.push_back({"step", error});
    AddSteps(r, view.model);
    return view;
}

Result<Reply> BulkPage::Show(const RequestContext& r) const {
    TicketWish wish = DeskWish(r, DeskQuery(r));
    wish.most = kMost;
    return Page(r, DeskListRepository::List(parts_.database, r.tenant().id, wish), "");
}

Result<Ticket> BulkPage::Do(db::Transaction& tx, const RequestContext& r, const Ticket& ticket,
                            const Step& step) const {
    const Writer agent = WriterOf(r);
    if (step.kind == "macro")
        return work_.Apply(tx, r.tenant(), ticket.id, step.value, agent, r.now());
    if (step.kind == "queue")
        return work_.Set(tx, r.tenant(), ticket.id, {step.value, std::nullopt, std::nullopt},
                         agent);
    if (step.kind == "priority")
        return work_.Set(
            tx, r.tenant(), ticket.id,
            {std::nullopt, std::nullopt, PriorityFrom(step.value).value_or(kNoPriority)}, agent);
    if (step.kind == "agent") {
        const auto user = UserId::Parse(step.value);
        if (!r.May("tickets.assign") || !user) return NotFound("no such agent");
        return parts_.tickets.Assign(tx, r.tenant(), ticket.id, user, agent);
    }
    const auto state = TicketStateFrom(step.value);
    if (step.kind != "state" || !state) return NotFound("no such step");
    return parts_.tickets.Move(tx, r.tenant(), ticket.id, *state, agent, r.now());
}

std::vector<BulkPage::Outcome> BulkPage::DoAll(const RequestContext& r, const Step& step,
                                               bool for_good) const {
    std::vector<Outcome> outcomes;
    for (const std::string_view text : r.request().form.All("ticket")) {
        const auto id = TicketId::Parse(text);
        const auto ticket =
            id ? TicketRepository::Read(parts_.database, r.tenant().id, *id) : std::nullopt;
        if (!ticket || outcomes.size() == kMost) continue;
        const auto work = [&](db::Transaction& tx) { return Do(tx, r, *ticket, step); };
        outcomes.push_back(
            {*ticket, for_good ? db::Attempt<Ticket>(parts_.database, r.tenant().id, work)
                               : db::Rehearse<Ticket>(parts_.database, r.tenant().id, work)});
    }
    return outcomes;
}

View BulkPage::Outcomes(const RequestContext& r, const std::vector<Outcome>& outcomes,
                        bool for_good) const {
    const Formatter& t = r.format();
    View view{"desk_bulk_outcome", t.Text(for_good ? "bulk.done" : "bulk.rehearsed"), {}, 200, {}};
    const auto possible = std::count_if(outcomes.begin(), outcomes.end(),
                                        [](const Outcome& one) { return one.after.has_value(); });
    auto& rows = view.model.Rows("tickets", outcomes.size());
    for (const auto& [before, after] : outcomes) {
        std::string whose = t.Text("bulk.not_possible");
        if (after) whose = StandOf(r, *after);
        rows.emplace_back()
            .Set("id", before.id.ToString())
            .Set("href", ConsolePathOf(before.id))
            .Set("number", before.number)
            .Set("subject", before.subject)
            .Set("before", StandOf(r, before))
            .Set("after", whose)
            .Flag("possible", after.has_value());
    }
    view.model
        .Set("intro", t.Text(for_good ? "bulk.done_count" : "bulk.would_count",
                             {{"count", static_cast<std::int64_t>(possible)},
                              {"of", static_cast<std::int64_t>(outcomes.size())}}))
        .Set("step", r.Form("step"))
        .Set("action", DeskQuery(r).FromStart().Href(kBulkPath))
        .Set("back_href", DeskQuery(r).FromStart().Href(kDeskPath))
        .Flag("can_confirm", !for_good && possible > 0);
    return view;
}

Result<Reply> BulkPage::Run(const RequestContext& r) const {
    const auto step = StepIn(r.Form("step"));
    const bool chosen = !r.request().form.All("ticket").empty();
    if (!step || !chosen) {
        TicketWish wish = DeskWish(r, DeskQuery(r));
        wish.most = kMost;
        return Page(r, DeskListRepository::List(parts_.database, r.tenant().id, wish),
                    r.format().Text(chosen ? "error.bulk_step" : "error.bulk_tickets"));
    }
    const bool for_good = !r.Form("confirm").empty();
    return Outcomes(r, DoAll(r, *step, for_good), for_good);
}

void BulkPage::AddTo(Registrar& registrar) {
    using P = BulkPage;
    PageRoutes<P> routes(registrar, *this, "tickets.answer");
    routes.Get(Access::kSignedIn, kBulkPath, &P::Show, "Tickets to change at once");
    routes.Post(Access::kSignedIn, kBulkPath, &P::Run,
                "Show what would come of it, or do it when confirmed", RateClass::kForm);
}

}  // namespace livery::service_desk
