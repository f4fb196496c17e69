#include "web/desk_ticket_view.h"

#include "storage/agent_repository.h"
#include "storage/dispute_repository.h"
#include "storage/survey_repository.h"
#include "storage/ticket_repository.h"
#include "storage/watcher_repository.h"
#include "web/about_view.h"
#include "web/desk_list.h"
#include "web/reply_form.h"
#include "web/ticket_words.h"

namespace livery::service_desk {

namespace {

constexpr TicketState kStates[]{TicketState::kOpen, TicketState::kWaitingForCustomer,
                                TicketState::kSolved};
// Somebody who looked so long ago is thought to have gone on.
constexpr std::chrono::minutes kLooking{10};

// How a clock stands, in words; "" where nobody has promised anything.
std::string Standing(const ServiceClock& clock, const RequestContext& r, const DeskTime& time) {
    const Formatter& t = r.format();
    if (!clock.target) return "";
    if (IsMissed(clock, r.now(), time)) return t.Text("clock.missed");
    if (clock.ended_at) return t.Text("clock.kept");
    const auto due = DueAt(clock, time);
    return due ? t.Text("clock.due", {{"when", t.Moment(*due)}}) : t.Text("clock.rests");
}

struct Choice {
    std::string value;
    std::string label;
    bool selected = false;
};

template <class Rows>
void Fill(Rows& rows, const std::vector<Choice>& choices) {
    for (const Choice& choice : choices)
        rows.emplace_back()
            .Set("value", choice.value)
            .Set("label", choice.label)
            .Flag("selected", choice.selected);
}

template <class Labelled>
std::vector<Choice> ByLabel(const std::map<std::string, Labelled>& all, const Formatter& t,
                            const std::string& selected) {
    std::vector<Choice> choices;
    for (const auto& [id, one] : all) {
        if constexpr (std::is_same_v<Labelled, Label>)
            choices.push_back({id, In(one, t.language()), id == selected});
        else
            choices.push_back({id, In(one.label, t.language()), id == selected});
    }
    return choices;
}

// Those who may answer, and whose ticket it is even if they no longer may.
void AddAgents(const RequestContext& r, Staff& staff, const Ticket& ticket, ViewModel& model) {
    std::vector<Choice> agents;
    std::string whose = r.format().Text("desk.nobodys");
    for (const Staff::Member& member : staff.List(r.tenant().id)) {
        const bool own = ticket.assignee == member.id;
        if (own) whose = member.display_name;
        if (own || MayAnswer(r.tenant(), member))
            agents.push_back({member.id.ToString(), member.display_name, own});
    }
    Fill(model.Rows("agents", 8), agents);
    model.Set("whose", whose).Flag("is_nobodys", !ticket.assignee);
}

// A ticket that disputes an amount is over only by a decision of it.
void AddDecision(const RequestContext& r, const std::optional<Dispute>& dispute, const Error* error,
                 View& view) {
    const bool of_decision =
        error != nullptr && !error->fields.empty() && error->fields.front().field == "answer";
    const std::string text = of_decision ? r.format().Text("error.body") : "";
    ShowDispute(r, dispute, Party::kAgent, view.model);
    view.model.Flag("can_decide", dispute && dispute->IsUndecided() && MayDecide(r))
        .Set("decide_answer", error == nullptr ? "" : r.Form("answer"))
        .Set("answer_error", text)
        .Flag("has_answer_error", of_decision);
    if (of_decision) view.errors.push_back({"answer", text});
}

void AddWork(const RequestContext& r, const Desk& desk, const Ticket& ticket, bool undecided,
             ViewModel& model) {
    const Formatter& t = r.format();
    std::vector<Choice> states;
    for (const TicketState state : kStates) {
        if (undecided && !MayFollowUndecided(state)) continue;
        if (state == ticket.state || MayFollow(ticket.state, state, Party::kAgent))
            states.push_back(
                {std::string(ToString(state)), StateName(state, t), state == ticket.state});
    }
    std::vector<Choice> priorities;
    for (int i = 0; i < std::ssize(kPriorities); ++i)
        priorities.push_back(
            {std::string(PriorityText(i)), PriorityName(i, t), i == ticket.priority});
    Fill(model.Rows("states", 8), states);
    Fill(model.Rows("priorities", 8), priorities);
    Fill(model.Rows("queues", 8), ByLabel(desk.queues, t, ticket.queue));
    Fill(model.Rows("categories", 8), ByLabel(desk.categories, t, ticket.category));
    model.Flag("has_replies", !desk.replies.empty()).Flag("has_macros", !desk.macros.empty());
    Fill(model.Rows("replies", 8), ByLabel(desk.replies, t, ""));
    Fill(model.Rows("macros", 8), ByLabel(desk.macros, t, ""));
}

void AddOthers(const RequestContext& r, db::Database& database, const Ticket& ticket,
               ViewModel& model) {
    const auto others = AgentRepository::OthersSince(database, r.tenant().id, ticket.id.uuid(),
                                                     r.visitor().user, r.now() - kLooking);
    auto& rows = model.Rows("others", others.size());
    for (const std::string& name : others)
        rows.emplace_back().Set("text", r.format().Text("desk.has_it_open", {{"name", name}}));
    model.Flag("has_others", !others.empty());
}

}  // namespace

// What payments asks for who decides an objection there.
bool MayDecide(const RequestContext& r) {
    return r.May("tickets.answer") && r.May("payments.decide");
}

std::string CustomerOf(const RequestContext& r, AccountNames& names, AccountId account) {
    const auto found = names.Of(r.tenant().id, {account});
    const auto name = found.find(account);
    return name == found.end() ? "" : name->second;
}

View DeskTicketView(const RequestContext& r, const DeskViewParts& parts, const Ticket& ticket,
                    const DeskDraft& draft) {
    const Formatter& t = r.format();
    const Desk& desk = Tickets::DeskOf(r.tenant());
    const WallClock clock = parts.tickets.ClockOf(r.tenant());
    const DeskTime time{desk.calendar, clock};
    const std::string first = Standing(ticket.clocks.first_response, r, time);
    const std::string solution = Standing(ticket.clocks.solution, r, time);
    const bool open = ticket.state != TicketState::kClosed && !ticket.merged_into;
    const bool answers = open && r.May("tickets.answer");
    View view{"desk_ticket", ticket.subject, {}, 200, {}};
    view.model.Set("subject", ticket.subject)
        .Set("number", ticket.number)
        .Set("customer", CustomerOf(r, parts.names, ticket.account))
        .Set("category", CategoryName(desk, ticket.category, t))
        .Set("queue", QueueName(desk, ticket.queue, t))
        .Set("priority", PriorityName(ticket.priority, t))
        .Set("state", StateName(ticket.state, t))
        .Set("badge", BadgeOf(ticket.state))
        .Set("since", t.Moment(ticket.created_at))
        .Set("escalated", ticket.escalated_at ? t.Moment(*ticket.escalated_at) : "")
        .Flag("is_escalated", ticket.escalated_at.has_value())
        .Set("first_response", first)
        .Flag("has_first_response", !first.empty())
        .Set("solution", solution)
        .Flag("has_solution", !solution.empty())
        .Set("follows_href", ticket.follows ? ConsolePathOf(*ticket.follows) : "")
        .Flag("has_follows", ticket.follows.has_value())
        .Set("page_href", ConsolePathOf(ticket.id))
        .Set("others_words", draft.others_words)
        .Flag("has_others_words", !draft.others_words.empty())
        .Set("merge_error", draft.merge_error)
        .Flag("has_merge_error", !draft.merge_error.empty())
        .Flag("can_answer", answers)
        .Flag("can_escalate", answers && IsUnsolved(ticket.state) && !ticket.escalated_at)
        .Flag("can_assign", open && r.May("tickets.assign"));
    AddReplyForm(r, draft.error, view);
    view.model.Set("body", draft.body);
    if (!draft.others_words.empty()) view.errors.push_back({"body", draft.others_words});
    if (!draft.merge_error.empty()) view.errors.push_back({"into", draft.merge_error});
    if (!view.errors.empty()) view.status = 422;
    const auto rating = SurveyRepository::Find(parts.database, r.tenant().id, ticket.id);
    view.model.Flag("has_rating", rating.has_value())
        .Set("rating", rating ? t.Text("rating.given_" + std::to_string(rating->rating)) : "")
        .Set("rating_comment", rating ? rating->comment : "");
    auto& watchers = view.model.Rows("watchers", 4);
    for (const Watcher& watcher : WatcherRepository::List(parts.database, r.tenant().id, ticket.id))
        watchers.emplace_back().Set("address", watcher.email);
    view.model.Flag("has_watchers", !watchers.empty());
    const auto dispute = DisputeRepository::Of(parts.database, r.tenant().id, ticket.id);
    AddDecision(r, dispute, draft.error, view);
    ShowAbout(r, parts.subjects, ticket, view.model);
    AddWork(r, desk, ticket, dispute && dispute->IsUndecided(), view.model);
    AddAgents(r, parts.staff, ticket, view.model);
    AddOthers(r, parts.database, ticket, view.model);
    const auto talk = TicketRepository::Messages(parts.database, r.tenant().id, ticket.id, true);
    view.model.Set("seen", talk.empty() ? "" : talk.back().id.ToString());
    AddTalk(r, talk, {Party::kAgent, ConsolePathOf(ticket.id)}, view.model);
    return view;
}

}  // namespace livery::service_desk
