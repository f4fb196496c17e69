#include "web/case_list.h"

#include <array>

#include "web/case_text.h"
#include "web/staff_parts.h"

namespace livery::payments {

namespace {

constexpr std::array kGroups{CaseGroup::kDecide, CaseGroup::kBank, CaseGroup::kBooks};

const ListShape& Shape() {
    static const ListShape shape = [] {
        ListShape made{.filters = {{"kind", {}}}};
        for (const CaseGroup group : kGroups)
            made.filters.front().values.emplace_back(ToString(group));
        return made;
    }();
    return shape;
}

ListPage::Filter KindFilter(const Formatter& t) {
    ListPage::Filter filter{"kind", t.Text("cases.kind"), {{"", t.Text("cases.all")}}};
    for (const CaseGroup group : kGroups) {
        const std::string word(ToString(group));
        filter.choices.push_back({word, t.Text("case_group." + word)});
    }
    return filter;
}

std::vector<ListPage::Cell> RowOf(const Formatter& t, const OpenCase& open,
                                  const std::map<AccountId, std::string>& names) {
    return {{KindText(open.one.kind, t), PathOf(open.one)},
            {NameIn(names, open.account)},
            {t.Amount(open.amount), "", "", "", open.amount.ToDecimal()},
            {StaffStateText(open.state, t), "", "", std::string(StaffBadgeOf(open.state))},
            {t.Moment(open.one.opened_at), "", "", "", ToIso(open.one.opened_at)}};
}

ListPage Empty(const Formatter& t, ListQuery query) {
    ListPage list{t.Text("cases.title"),
                  kCasesPath,
                  "payment-cases",
                  std::move(query),
                  {{"kind", t.Text("cases.kind")},
                   {"account", t.Text("cases.account")},
                   {"amount", t.Text("list.amount"), true},
                   {"state", t.Text("cases.state")},
                   {"opened", t.Text("cases.opened")}}};
    list.filters = {KindFilter(t)};
    list.tabs = TabsOf(t, kCasesPath);
    list.empty_icon = "circle-check";
    list.empty = t.Text("cases.none");
    return list;
}

}  // namespace

std::string PathOf(const Case& one) { return "/console/payments/cases/" + one.ToString(); }

ListPage CaseList(const RequestContext& r, db::Database& database, AccountNames& names) {
    const Formatter& t = r.format();
    ListPage list = Empty(t, ListQuery::From(r.request().query, Shape()));
    auto page =
        OpenCaseRepository::Page(database, r.tenant().id, CaseGroupFrom(list.query.Filter("kind")),
                                 Case::Parse(list.query.after), list.query.limit() + 1);
    if (page.size() > list.query.limit()) {
        page.pop_back();
        list.next = page.back().one.ToString();
    }
    std::vector<AccountId> accounts;
    for (const OpenCase& open : page) accounts.push_back(open.account);
    const auto called = names.Of(r.tenant().id, accounts);
    for (const OpenCase& open : page) list.rows.push_back(RowOf(t, open, called));
    if (!list.query.hides())
        list.count =
            t.Text("cases.count", {{"count", OpenCaseRepository::Count(database, r.tenant().id)}});
    return list;
}

}  // namespace livery::payments
