#include "show.h"

namespace livery::golden {

namespace {

std::string DayText(CivilTime time) { return ToIso(DayOf(time)); }

}  // namespace

Value ShowOrder(const orders::Order& order) {
    Value value = Value::Map();
    value.Put("name", order.name).Put("status", std::string(ToString(order.status)));
    value.Put("created_by", order.created_by.login).Put("created_by_kind", order.created_by.kind);
    value.Put("order_date", DayText(order.placed_at));
    value.Put("billing_active_date", DayText(order.BillingActiveAt()));
    value.Put("subtotal", order.Subtotal().ToDecimal()).Put("tax", order.tax.ToDecimal());
    value.Put("total", order.Total().ToDecimal());
    Value lines = Value::List();
    for (const orders::OrderLine& line : order.lines) {
        Value each = Value::Map();
        each.Put("product", line.product).Put("plan", line.plan_name);
        each.Put("quantity", line.quantity.ToString()).Put("frequency", line.frequency);
        each.Put("unit_price", line.unit_price.ToString()).Put("amount", line.amount.ToDecimal());
        each.Put("one_time_price", line.once ? line.once->unit_price.ToString() : "");
        each.Put("one_time", line.once ? line.once->amount.ToDecimal() : "");
        each.Put("site", line.site).Put("active", line.activated_at ? "true" : "false");
        lines.items.push_back(std::move(each));
    }
    value.Put("lines", std::move(lines));
    return value;
}

}  // namespace livery::golden
