#include <livery/api/schema.h>

#include "api/order_api.h"

namespace livery::orders {

using api::Json;

namespace {

Json CivilOrNull(const std::optional<CivilTime>& time) {
    return time ? Json(api::CivilOf(*time)) : Json(nullptr);
}

Json OnceJson(const OrderLine& line) {
    if (!line.once) return nullptr;
    return {{"unit_price", line.once->unit_price.ToString()},
            {"amount", api::MoneyOf(line.once->amount)}};
}

Json OnceSchema() {
    return api::Nullable(
        api::Object("What is charged once beside it, when it begins.",
                    {{"unit_price", api::DecimalText("Of one")}, {"amount", api::Ref("Money")}}));
}

Json LineJson(const OrderLine& line) {
    return {{"action", ToString(line.action)},
            {"plan", line.plan},
            {"plan_name", line.plan_name},
            {"product", line.product},
            {"quantity", line.quantity.ToString()},
            {"frequency", line.frequency},
            {"unit_price", line.unit_price.ToString()},
            {"amount", api::MoneyOf(line.amount)},
            {"once", OnceJson(line)},
            {"site", line.site},
            {"activated_at", CivilOrNull(line.activated_at)},
            {"subscription", api::IdOrNull(line.subscription)},
            {"base", api::IdOrNull(line.base)}};
}

Json LineSchema() {
    return api::Object("What was ordered, at the prices of that moment.",
                       {{"action", api::OneOf({"add", "change"})},
                        {"plan", api::Text("The plan's id")},
                        {"plan_name", api::Text("Its name then")},
                        {"product", api::Text("The product's name then")},
                        {"quantity", api::DecimalText("How many")},
                        {"frequency", api::Text("month, year, 14 days …, once or usage")},
                        {"unit_price", api::DecimalText("Of one for a whole period")},
                        {"amount", api::Ref("Money")},
                        {"once", OnceSchema()},
                        {"site", api::Text("Where it is delivered; empty: at the account")},
                        {"activated_at", api::Nullable(api::CivilText("Null: it waits"))},
                        {"subscription", api::Nullable(api::IdText("sub"))},
                        {"base", api::Nullable(api::IdText("sub"))}});
}

Json OrderSchema() {
    return api::Object(
        "An order: a snapshot that never changes when prices do.",
        {{"id", api::IdText("ord")},
         {"account", api::IdText("acc")},
         {"name", api::Text("The subscriber's own reference", 160)},
         {"status",
          api::OneOf({"pending_billing", "partially_fulfilled", "billing_active", "cancelled"})},
         {"created_by", api::Object("Who ordered.", {{"kind", api::OneOf({"subscriber", "staff",
                                                                          "partner", "api"})},
                                                     {"login", api::Text("Login or key")}})},
         {"placed_at", api::CivilText("The order's date")},
         {"billing_active_at", api::CivilText("When all of it is active, planned or as it was")},
         {"lines", api::ArrayOf(LineSchema())},
         {"subtotal", api::Ref("Money")},
         {"tax", api::Ref("Money")},
         {"total", api::Ref("Money")}});
}

}  // namespace

Json JsonOf(const Order& order) {
    Json lines = Json::array();
    for (const OrderLine& line : order.lines) lines.push_back(LineJson(line));
    return {{"id", order.id.ToString()},
            {"account", order.account.ToString()},
            {"name", order.name},
            {"status", ToString(order.status)},
            {"created_by", {{"kind", order.created_by.kind}, {"login", order.created_by.login}}},
            {"placed_at", api::CivilOf(order.placed_at)},
            {"billing_active_at", api::CivilOf(order.BillingActiveAt())},
            {"lines", std::move(lines)},
            {"subtotal", api::MoneyOf(order.Subtotal())},
            {"tax", api::MoneyOf(order.tax)},
            {"total", api::MoneyOf(order.Total())}};
}

void AddOrderSchemas(Registrar& registrar) {
    registrar.Add(api::Schema{"Order", OrderSchema()});
    registrar.Add(api::ListOf("OrderList", "Order"));
    registrar.Add(api::Schema{
        "OrderName", api::Object("The subscriber's own reference.",
                                 {{"name", api::Text("May be empty", kLongestOrderName)}})});
}

}  // namespace livery::orders
