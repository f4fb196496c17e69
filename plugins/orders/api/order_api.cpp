#include "api/order_api.h"

#include <livery/api/schema.h>

#include "storage/order_repository.h"

namespace livery::orders {

using api::Call;
using api::Json;

Result<Json> OrderApi::List(const Call& call) const {
    const api::Paging paging = LIVERY_TRY(api::PagingOf(call));
    const auto page =
        OrderRepository::ListOfTenant(database_, call.tenant().id,
                                      {LIVERY_TRY(api::QueryId<AccountId>(call, "account")),
                                       LIVERY_TRY(api::PositionOf<OrderId>(paging)), paging.limit});
    Json data = Json::array();
    for (const Order& order : page.rows) data.push_back(JsonOf(order));
    return api::ListReply(std::move(data), page.next ? page.next->ToString() : "");
}

Result<Json> OrderApi::Show(const Call& call) const {
    const OrderId id = LIVERY_TRY(call.request.PathId<OrderId>("id"));
    const auto order = OrderRepository::FindOfTenant(database_, call.tenant().id, id);
    if (!order) return NotFound("no such order");
    return JsonOf(*order);
}

Result<Json> OrderApi::Rename(db::Transaction& tx, const Call& call) const {
    const OrderId id = LIVERY_TRY(call.request.PathId<OrderId>("id"));
    return JsonOf(
        LIVERY_TRY(desk_.RenameOfTenant(tx, id, call.body.at("name").get<std::string>())));
}

Result<Json> OrderApi::Cancel(db::Transaction& tx, const Call& call) const {
    const OrderId id = LIVERY_TRY(call.request.PathId<OrderId>("id"));
    return JsonOf(LIVERY_TRY(desk_.Cancel(tx, id)));
}

void OrderApi::AddTo(Registrar& registrar) const {
    AddOrderSchemas(registrar);
    auto query = api::PagingParameters();
    query.push_back({"account", "Only those of one account.", api::IdText("acc")});
    registrar.Add(api::Operation{Method::kGet, "/api/v1/orders", "listOrders", "Orders",
                                 "orders:read", "List orders", "", std::move(query), "",
                                 "OrderList", 200,
                                 api::Reading([this](const Call& call) { return List(call); })});
    registrar.Add(api::Operation{Method::kGet,
                                 "/api/v1/orders/:id",
                                 "getOrder",
                                 "Orders",
                                 "orders:read",
                                 "One order",
                                 "",
                                 {},
                                 "",
                                 "Order",
                                 200,
                                 api::Reading([this](const Call& call) { return Show(call); })});
    registrar.Add(api::Operation{
        Method::kPatch,
        "/api/v1/orders/:id",
        "nameOrder",
        "Orders",
        "orders:write",
        "Name an order",
        "While it waits; `order_not_waiting` or `order_cancelled` afterwards.",
        {},
        "OrderName",
        "Order",
        200,
        api::Writing([this](db::Transaction& tx, const Call& call) { return Rename(tx, call); })});
    registrar.Add(api::Operation{
        Method::kPost,
        "/api/v1/orders/:id/cancel",
        "cancelOrder",
        "Orders",
        "orders:write",
        "Take an order back that waits for its day",
        "Nothing was charged by it. `order_not_waiting` once something of it is active, "
        "`order_cancelled` when it was taken back before.",
        {},
        "",
        "Order",
        200,
        api::Writing([this](db::Transaction& tx, const Call& call) { return Cancel(tx, call); })});
}

}  // namespace livery::orders
