#include "web/order_model.h"

#include <array>

namespace livery::orders {

namespace {

std::string CreatorText(const OrderCreator& creator, const Formatter& t) {
    const std::string kind = t.Text("creator." + creator.kind);
    return creator.login.empty() ? kind : creator.login + " (" + kind + ")";
}

struct PriceShown {
    std::string frequency;
    Decimal unit_price;
    Money amount;
};

// A row for each price: what is paid once stands beneath what recurs.
void ShowPrice(const OrderLine& line, const PriceShown& price, const Formatter& t, ViewModel& row) {
    row.Set("product", line.product)
        .Set("plan", line.plan_name)
        .Set("action", t.Text("action." + std::string(ToString(line.action))))
        .Set("quantity", t.Number(line.quantity))
        .Set("frequency", FrequencyText(price.frequency, t))
        .Set("unit_price", t.UnitPrice(price.unit_price, price.amount.currency()))
        .Set("amount", t.Amount(price.amount))
        .Set("site", line.site)
        .Flag("has_site", !line.site.empty())
        .Flag("has_subscription", line.subscription.has_value())
        .Set("subscription_href",
             line.subscription ? "/subscriptions/" + line.subscription->ToString() : "");
}

}  // namespace

std::string NameOf(const Order& order) {
    const OrderLine& first = order.lines.front();
    return order.name.empty() ? first.product + ", " + first.plan_name : order.name;
}

std::string FrequencyText(const std::string& frequency, const Formatter& t) {
    constexpr std::array kNamed{"once",  "usage",   "day",       "week",
                                "month", "quarter", "half_year", "year"};
    for (const char* name : kNamed) {
        if (frequency == name) return t.Text("frequency." + frequency);
    }
    // "14 days": a number and a unit.
    const auto space = frequency.find(' ');
    const auto count = Decimal::Parse(frequency.substr(0, space));
    if (!count || space == std::string::npos) return frequency;
    return t.Text("frequency.every_" + frequency.substr(space + 1), {{"count", count->unscaled()}});
}

void ShowRow(const Order& order, const Formatter& t, ViewModel& row) {
    const std::string state(ToString(order.status));
    row.Set("name", NameOf(order))
        .Set("href", "/orders/" + order.id.ToString())
        .Set("id_text", order.id.ToString())
        .Set("date", t.Day(DayOf(order.placed_at)))
        .Set("active_date", t.Day(DayOf(order.BillingActiveAt())))
        .Set("created_by", CreatorText(order.created_by, t))
        .Set("subtotal", t.Amount(order.Subtotal()))
        .Set("tax", t.Amount(order.tax))
        .Set("total", t.Amount(order.Total()))
        .Set("state", state)
        .Set("state_label", t.Text("state." + state));
}

void ShowOrder(const Order& order, const Formatter& t, ViewModel& model) {
    ShowRow(order, t, model);
    model.Flag("may_rename", order.IsWaiting())
        .Set("rename_action", "/orders/" + order.id.ToString() + "/name")
        .Set("own_name", order.name);
    auto& rows = model.Rows("lines", order.lines.size());
    for (const OrderLine& line : order.lines) {
        ShowPrice(line, {line.frequency, line.unit_price, line.amount}, t, rows.emplace_back());
        if (line.once)
            ShowPrice(line, {"once", line.once->unit_price, line.once->amount}, t,
                      rows.emplace_back());
    }
}

}  // namespace livery::orders
