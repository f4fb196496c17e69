#include "web/desk_list.h"

#include "app/tickets.h"
#include "web/ticket_words.h"

namespace livery::service_desk {

namespace {

// Queues are the tenant's own words: the shape is of its desk.
ListShape ShapeOf(const Desk& desk) {
    ListShape shape{
        .filters = {{"queue", {}},
                    {"state", {"all", "new", "open", "waiting_for_customer", "solved", "closed"}},
                    {"whose", {"mine", "nobodys"}}}};
    for (const auto& [id, label] : desk.queues) shape.filters.front().values.push_back(id);
    return shape;
}

void AddFilters(const Desk& desk, const Formatter& t, ListPage& list) {
    ListPage::Filter queue{"queue", t.Text("desk.queue"), {{"", t.Text("desk.all")}}};
    for (const auto& [id, label] : desk.queues)
        queue.choices.push_back({id, In(label, t.language())});
    ListPage::Filter state{"state",
                           t.Text("desk.state"),
                           {{"", t.Text("desk.unsolved")}, {"all", t.Text("desk.all")}}};
    for (const auto one : {TicketState::kNew, TicketState::kOpen, TicketState::kWaitingForCustomer,
                           TicketState::kSolved, TicketState::kClosed})
        state.choices.push_back({std::string(ToString(one)), StateName(one, t)});
    ListPage::Filter whose{"whose",
                           t.Text("desk.whose"),
                           {{"", t.Text("desk.all")},
                            {"mine", t.Text("desk.mine")},
                            {"nobodys", t.Text("desk.nobodys")}}};
    list.filters = {std::move(queue), std::move(state), std::move(whose)};
}

std::vector<ListPage::Cell> RowOf(const RequestContext& r, const Ticket& ticket,
                                  const std::map<AccountId, std::string>& names) {
    const Formatter& t = r.format();
    const auto name = names.find(ticket.account);
    return {{ticket.subject, ConsolePathOf(ticket.id), ticket.number},
            {name == names.end() ? ticket.account.ToString() : name->second},
            {PriorityName(ticket.priority, t)},
            {StateName(ticket.state, t), "", ticket.escalated_at ? t.Text("desk.escalated") : "",
             std::string(BadgeOf(ticket.state))},
            {ticket.due_at ? t.Moment(*ticket.due_at) : "", "", "", "",
             ticket.due_at ? ToIso(*ticket.due_at) : ""},
            {t.Moment(ticket.active_at), "", "", "", ToIso(ticket.active_at)}};
}

}  // namespace

ListQuery DeskQuery(const RequestContext& r) {
    return ListQuery::From(r.request().query, ShapeOf(Tickets::DeskOf(r.tenant())));
}

TicketWish DeskWish(const RequestContext& r, const ListQuery& query) {
    TicketWish wish;
    wish.number = query.search;
    wish.queue = query.Filter("queue");
    wish.unsolved = query.Filter("state").empty();
    wish.state = TicketStateFrom(query.Filter("state"));
    if (query.Filter("whose") == "mine") wish.assignee = r.visitor().user;
    wish.unassigned = query.Filter("whose") == "nobodys";
    wish.after = TicketPlace::Parse(query.after);
    wish.most = query.limit() + 1;
    return wish;
}

std::vector<ListPage::Tab> DeskTabs(const RequestContext& r, std::string_view current) {
    const Formatter& t = r.format();
    std::vector<ListPage::Tab> tabs{{t.Text("desk.title"), kDeskPath, current == kDeskPath}};
    if (r.May("tickets.assign"))
        tabs.push_back({t.Text("agents.title"), kAgentsPath, current == kAgentsPath});
    return tabs;
}

std::string ConsolePathOf(TicketId ticket) {
    return std::string(kDeskPath) + "/" + ticket.ToString();
}

ListPage DeskList(const RequestContext& r, db::Database& database, AccountNames& names) {
    const Formatter& t = r.format();
    const Desk& desk = Tickets::DeskOf(r.tenant());
    ListPage list{t.Text("desk.title"),
                  kDeskPath,
                  "tickets",
                  DeskQuery(r),
                  {{"subject", t.Text("field.subject"), false, false, t.Text("ticket.number")},
                   {"account", t.Text("desk.customer")},
                   {"priority", t.Text("desk.priority")},
                   {"state", t.Text("desk.state")},
                   {"due", t.Text("desk.due")},
                   {"active", t.Text("desk.active")}}};
    AddFilters(desk, t, list);
    list.search = t.Text("ticket.number");
    list.tabs = DeskTabs(r, kDeskPath);
    if (r.May("tickets.answer"))
        list.action = {t.Text("bulk.title"), list.query.FromStart().Href("/console/tickets/bulk")};
    const TicketWish wish = DeskWish(r, list.query);
    auto found = DeskListRepository::List(database, r.tenant().id, wish);
    if (found.size() > list.query.limit()) {
        found.pop_back();
        list.next = DeskListRepository::PlaceOf(found.back(), wish).ToString();
    }
    std::vector<AccountId> accounts;
    for (const Ticket& ticket : found) accounts.push_back(ticket.account);
    const auto called = names.Of(r.tenant().id, accounts);
    for (const Ticket& ticket : found) list.rows.push_back(RowOf(r, ticket, called));
    list.empty_icon = "inbox";
    list.empty = t.Text("desk.none");
    return list;
}

}  // namespace livery::service_desk
