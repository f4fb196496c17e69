#include "web/order_pages.h"

#include <livery/db/attempt.h>
#include <livery/http/page_routes.h>

#include "storage/order_repository.h"
#include "web/order_model.h"

namespace livery::orders {

namespace {

constexpr std::size_t kPerPage = 25;

}  // namespace

View OrderPages::Page(const RequestContext& r, const Order& order) const {
    View view{"order", r.format().Text("order.title"), {}, 200, {}};
    ShowOrder(order, r.format(), view.model);
    ShowHelp(help_, r, "order", order.id, view.model);
    return view;
}

Result<Reply> OrderPages::List(const RequestContext& r) const {
    const auto before = OrderId::Parse(r.Query("before"));
    const auto page =
        OrderRepository::ListOwned(database_, r.tenant().id, AccountOf(r), before, kPerPage);
    View view{"order_list", r.format().Text("list.title"), {}, 200, {}};
    auto& rows = view.model.Rows("rows", page.rows.size());
    for (const Order& order : page.rows) ShowRow(order, r.format(), rows.emplace_back());
    view.model.Flag("has_rows", !page.rows.empty())
        .Flag("has_older", page.next.has_value())
        .Set("older_href", page.next ? "/orders?before=" + page.next->ToString() : "")
        .Flag("has_newer", before.has_value());
    return view;
}

Result<Reply> OrderPages::Show(const RequestContext& r) const {
    const OrderId id = LIVERY_TRY(r.PathId<OrderId>("id"));
    const auto order = OrderRepository::FindOwned(database_, r.tenant().id, AccountOf(r), id);
    if (!order) return NotFound("not there, or not theirs");
    return Page(r, *order);
}

Result<Reply> OrderPages::Rename(const RequestContext& r) const {
    const OrderId id = LIVERY_TRY(r.PathId<OrderId>("id"));
    const std::string name(r.Form("name"));
    const AccountId account = AccountOf(r);
    Result<void> renamed = InvalidField("name", "error.name");
    if (name.size() <= kLongestOrderName) {
        renamed = db::Attempt<void>(database_, r.tenant().id, [&](db::Transaction& tx) {
            return desk_.RenameOrder(tx, account, id, name);
        });
    }
    if (renamed) return Redirect{"/orders/" + id.ToString(), "notice.renamed"};
    if (renamed.error().code == ErrorCode::kNotFound) return renamed.error();
    const auto order = OrderRepository::FindOwned(database_, r.tenant().id, account, id);
    if (!order) return NotFound("not there, or not theirs");
    View view = Page(r, *order);
    view.status = 422;
    view.errors.push_back(
        {"name",
         r.format().Text(renamed.error().fields.empty() ? renamed.error().message : "error.name")});
    return view;
}

void OrderPages::AddTo(Registrar& registrar) {
    PageRoutes<OrderPages> routes(registrar, *this);
    routes.GetReused("/orders", &OrderPages::List, "Orders");
    routes.GetReused("/orders/:id", &OrderPages::Show, "One order");
    routes.Post(Access::kSignedIn, "/orders/:id/name", &OrderPages::Rename, "Name an order",
                RateClass::kForm);
}

}  // namespace livery::orders
