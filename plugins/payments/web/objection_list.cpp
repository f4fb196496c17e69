#include "web/objection_list.h"

#include "web/case_text.h"
#include "web/staff_parts.h"

namespace livery::payments {

namespace {

ListPage Empty(const Formatter& t, ListQuery query) {
    ListPage list{t.Text("objections.title"),
                  kObjectionsPath,
                  "objections",
                  std::move(query),
                  {{"invoice", t.Text("detail.invoice")},
                   {"account", t.Text("cases.account")},
                   {"amount", t.Text("list.amount"), true},
                   {"reason", t.Text("objections.reason")},
                   {"opened", t.Text("cases.opened")}}};
    list.tabs = TabsOf(t, kObjectionsPath);
    list.empty_icon = "circle-check";
    list.empty = t.Text("objections.none");
    return list;
}

void AddRows(const RequestContext& r, const std::vector<Objection>& page, AccountNames& names,
             InvoiceNumbers& numbers, ListPage& list) {
    const Formatter& t = r.format();
    std::vector<AccountId> accounts;
    std::vector<InvoiceId> invoices;
    for (const Objection& open : page) {
        accounts.push_back(open.account);
        invoices.push_back(open.invoice);
    }
    const auto called = names.Of(r.tenant().id, accounts);
    const auto numbered = numbers.Of(r.tenant().id, invoices);
    for (const Objection& open : page)
        list.rows.push_back({{NameIn(numbered, open.invoice), PathOf(open.id)},
                             {NameIn(called, open.account)},
                             {t.Amount(open.amount), "", "", "", open.amount.ToDecimal()},
                             {open.reason},
                             {t.Moment(open.opened_at), "", "", "", ToIso(open.opened_at)}});
}

}  // namespace

std::string PathOf(ObjectionId id) { return std::string(kObjectionsPath) + "/" + id.ToString(); }

ListPage ObjectionList(const RequestContext& r, db::Database& database, AccountNames& names,
                       InvoiceNumbers& numbers) {
    const Formatter& t = r.format();
    const TenantId& tenant = r.tenant().id;
    ListPage list = Empty(t, ListQuery::From(r.request().query, {}));
    auto page = ObjectionRepository::PageOpen(
        database, tenant, ObjectionId::Parse(list.query.after), list.query.limit() + 1);
    if (page.size() > list.query.limit()) {
        page.pop_back();
        list.next = page.back().id.ToString();
    }
    AddRows(r, page, names, numbers, list);
    list.count =
        t.Text("objections.count", {{"count", ObjectionRepository::CountOpen(database, tenant)}});
    return list;
}

}  // namespace livery::payments
