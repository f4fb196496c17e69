#include "web/staff_list.h"

#include <algorithm>

#include "app/role_names.h"
#include "app/staff_state.h"

namespace livery::console {

namespace {

constexpr const char* kPath = "/console/staff";

const ListShape& Shape() {
    static const ListShape shape{
        {"name", "email", "seen"}, {"name", false}, {{"state", {"active", "invited", "closed"}}}};
    return shape;
}

std::string Lower(std::string text) {
    for (char& c : text) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return text;
}

bool IsWanted(const ListQuery& query, const Staff::Member& member) {
    const std::string_view state = query.Filter("state");
    if (!state.empty() && state != ToString(member.state)) return false;
    return Lower(member.display_name + " " + member.email).find(Lower(query.search)) !=
           std::string::npos;
}

// Ties by name and id, so that the order is one.
bool Before(const ListSort& sort, const Staff::Member& a, const Staff::Member& b) {
    const auto key = [&](const Staff::Member& m) -> std::string {
        if (sort.column == "email") return Lower(m.email);
        if (sort.column == "seen") return m.last_seen_at ? ToIso(*m.last_seen_at) : "";
        return Lower(m.display_name);
    };
    const auto first = key(a);
    const auto second = key(b);
    if (first != second) return sort.descending ? second < first : first < second;
    return a.id < b.id;
}

ListPage::Filter StateFilter(const Formatter& t) {
    ListPage::Filter filter{"state", t.Text("staff.state"), {{"", t.Text("staff.everybody")}}};
    for (const auto state : {Staff::State::kActive, Staff::State::kInvited, Staff::State::kClosed})
        filter.choices.push_back({std::string(ToString(state)), StateName(state, t)});
    return filter;
}

std::vector<ListPage::Cell> RowOf(const RequestContext& r, const Staff::Member& member) {
    const Formatter& t = r.format();
    return {{member.display_name, std::string(kPath) + "/" + member.id.ToString(),
             member.id == r.visitor().user ? t.Text("staff.you") : ""},
            {member.email},
            {RoleNames(r.tenant(), member.roles, t)},
            {StateName(member.state, t), "", "", std::string(BadgeOf(member.state)),
             std::string(ToString(member.state))},
            {member.last_seen_at ? t.Moment(*member.last_seen_at) : "—", "", "", "",
             member.last_seen_at ? ToIso(*member.last_seen_at) : " "}};
}

}  // namespace

std::string StateName(Staff::State state, const Formatter& format) {
    return format.Text("staff.states." + std::string(ToString(state)));
}

std::string_view BadgeOf(Staff::State state) {
    switch (state) {
        case Staff::State::kInvited:
            return "pending";
        case Staff::State::kActive:
            return "active";
        case Staff::State::kClosed:
            return "void";
    }
    return "";
}

ListPage StaffList(const RequestContext& r, std::vector<Staff::Member> members) {
    const Formatter& t = r.format();
    ListPage list{t.Text("staff.title"),
                  kPath,
                  "staff",
                  ListQuery::From(r.request().query, Shape()),
                  {{"name", t.Text("field.name"), false, true},
                   {"email", t.Text("field.email"), false, true},
                   {"roles", t.Text("staff.roles")},
                   {"state", t.Text("staff.state")},
                   {"seen", t.Text("staff.seen"), false, true}}};
    std::erase_if(members, [&](const auto& member) { return !IsWanted(list.query, member); });
    std::sort(members.begin(), members.end(),
              [&](const auto& a, const auto& b) { return Before(list.query.sort, a, b); });
    list.count = t.Text("staff.count", {{"count", static_cast<std::int64_t>(members.size())}});
    list.search = t.Text("staff.search");
    list.filters = {StateFilter(t)};
    // A page begins after the member that the address names; when they are gone, at the beginning.
    auto from = std::find_if(members.begin(), members.end(), [&](const auto& member) {
        return member.id.ToString() == list.query.after;
    });
    from = from == members.end() ? members.begin() : from + 1;
    for (; from != members.end(); ++from) {
        if (list.rows.size() == list.query.limit()) {
            list.next = (from - 1)->id.ToString();
            break;
        }
        list.rows.push_back(RowOf(r, *from));
    }
    if (r.May("staff.manage")) list.action = {t.Text("invite.title"), "/console/staff/invite"};
    list.empty_icon = "users";
    list.empty = t.Text("staff.none");
    return list;
}

}  // namespace livery::console
