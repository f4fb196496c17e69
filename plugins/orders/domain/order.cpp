#include "domain/order.h"

#include <algorithm>

#include <livery/money/rounding.h>

namespace livery::orders {

std::string_view ToString(OrderStatus status) {
    switch (status) {
        case OrderStatus::kPendingBilling:
            return "pending_billing";
        case OrderStatus::kPartiallyFulfilled:
            return "partially_fulfilled";
        case OrderStatus::kBillingActive:
            return "billing_active";
        case OrderStatus::kCancelled:
            return "cancelled";
    }
    return "";
}

std::string_view ToString(OrderAction action) {
    return action == OrderAction::kAdd ? "add" : "change";
}

Money Order::Subtotal() const {
    Money sum(0, tax.currency());
    for (const OrderLine& line : lines) sum = sum + line.Total();
    return sum - tax_within;
}

CivilTime Order::BillingActiveAt() const {
    if (status != OrderStatus::kBillingActive) return activate_at;
    CivilTime last{};
    for (const OrderLine& line : lines) last = std::max(last, line.activated_at.value_or(last));
    return last;
}

Result<OrderLine> PriceLine(const billing::Catalog& catalog, const OrderLineRequest& request,
                            Currency currency, Date day) {
    const billing::Plan* plan = catalog.FindPlan(request.plan);
    if (plan == nullptr) return InvalidField("plan", "error.no_such_plan");
    if (request.quantity <= Decimal(0) || request.quantity > Decimal(100'000))
        return InvalidField("quantity", "error.quantity");
    const billing::PlanVersion& version = plan->VersionOn(day);
    const billing::Product& product = catalog.ProductOf(*plan);
    OrderLine line{plan->id,     plan->name,   product.name,       request.quantity,
                   "once",       Decimal(),    Money(0, currency), product.tax_class,
                   request.site, std::nullopt, std::nullopt,       OrderAction::kAdd,
                   request.base};
    for (const billing::Phase& phase : version.phases) {
        const bool recurs = !phase.recurring.empty();
        const billing::Price& price = recurs ? phase.recurring : phase.one_time;
        if (price.empty() && phase.usage.empty()) continue;
        const auto found = price.find(currency);
        if (!price.empty() && found == price.end())
            return InvalidField("plan", "error.not_in_this_currency");
        if (recurs) line.frequency = version.frequency.ToString();
        if (found != price.end()) line.unit_price = found->second;
        if (price.empty()) line.frequency = "usage";
        const auto once = phase.one_time.find(currency);
        if (recurs && once != phase.one_time.end())
            line.once = {once->second, Product(once->second, line.quantity, {}, currency)};
        break;
    }
    line.amount = Product(line.unit_price, line.quantity, {}, currency);
    return line;
}

namespace {

// Of an order with which it is too late.
Error TooLate(const Order& order) {
    return Conflict(order.status == OrderStatus::kCancelled ? "error.order_cancelled"
                                                            : "error.order_not_waiting");
}

}  // namespace

Result<void> CheckWaiting(const Order& order) {
    if (!order.IsWaiting()) return TooLate(order);
    return {};
}

Result<Order> ActivateLine(Order order, std::size_t line, SubscriptionId subscription,
                           CivilTime at) {
    LIVERY_TRY(CheckWaiting(order));
    if (line >= order.lines.size()) return NotFound("error.not_found");
    if (order.lines[line].activated_at) return Conflict("error.line_active");
    order.lines[line].activated_at = at;
    order.lines[line].subscription = subscription;
    const bool all = std::all_of(order.lines.begin(), order.lines.end(), [](const OrderLine& each) {
        return each.activated_at.has_value();
    });
    order.status = all ? OrderStatus::kBillingActive : OrderStatus::kPartiallyFulfilled;
    return order;
}

Result<Order> CancelOrder(Order order) {
    if (order.status != OrderStatus::kPendingBilling) return TooLate(order);
    order.status = OrderStatus::kCancelled;
    return order;
}

Result<Order> Rename(Order order, std::string name) {
    LIVERY_TRY(CheckWaiting(order));
    order.name = std::move(name);
    return order;
}

}  // namespace livery::orders
