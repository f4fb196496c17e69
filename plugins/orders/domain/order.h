#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <livery/billing/catalog.h>
#include <livery/ids.h>
#include <livery/money/money.h>
#include <livery/result.h>
#include <livery/time/frequency.h>

namespace livery::orders {

// The states of OneBill's order flow (mission S9, case OR-01). They only go forward.
enum class OrderStatus { kPendingBilling, kPartiallyFulfilled, kBillingActive, kCancelled };
std::string_view ToString(OrderStatus status);

struct OrderCreator {
    std::string kind;  // subscriber, staff, partner, api
    std::string login;
};

// What an order does to a subscription: begins one, or changes one that is there.
enum class OrderAction { kAdd, kChange };
std::string_view ToString(OrderAction action);

// What was ordered, with the prices of that moment: the snapshot never changes when prices do.
struct OrderLine {
    std::string plan;  // its id
    std::string plan_name;
    std::string product;
    Decimal quantity{1};
    std::string frequency;  // "month", …, "once" or "usage"
    Decimal unit_price;
    Money amount;  // unit price × quantity: a whole period, never a part of one
    // What is charged once beside it, when the line begins.
    struct Once {
        Decimal unit_price;
        Money amount;
    };
    std::string tax_class;
    std::string site;
    std::optional<CivilTime> activated_at;
    std::optional<SubscriptionId> subscription;
    OrderAction action = OrderAction::kAdd;
    std::optional<SubscriptionId> base;  // of an add-on to a subscription that is there already
    std::optional<Once> once = std::nullopt;

    Money Total() const { return once ? amount + once->amount : amount; }
};

inline constexpr std::size_t kLongestOrderName = 160;

struct Order {
    OrderId id;
    AccountId account;
    std::string name;  // the subscriber's own reference
    OrderCreator created_by;
    CivilTime placed_at{};
    CivilTime activate_at{};  // when its lines become active by themselves
    OrderStatus status = OrderStatus::kPendingBilling;
    std::vector<OrderLine> lines;
    Money tax;
    // So much of the tax is in the prices already.
    Money tax_within{0, tax.currency()};

    Money Subtotal() const;  // without tax
    Money Total() const { return Subtotal() + tax; }
    // When all lines are active: planned, or as it was.
    CivilTime BillingActiveAt() const;
    bool IsWaiting() const {
        return status == OrderStatus::kPendingBilling || status == OrderStatus::kPartiallyFulfilled;
    }
};

struct OrderLineRequest {
    std::string plan;
    Decimal quantity{1};
    std::string site;
    std::optional<SubscriptionId> base = std::nullopt;
};

// A line at the prices of the day: the first phase of the plan that costs something.
// kInvalidArgument: no such plan, not in the currency, no sensible quantity.
Result<OrderLine> PriceLine(const billing::Catalog& catalog, const OrderLineRequest& request,
                            Currency currency, Date day);

// kConflict: everything in it is active, or it was cancelled.
Result<void> CheckWaiting(const Order& order);
// A line is active from `at`; the order follows. kConflict: not waiting, or active already.
Result<Order> ActivateLine(Order order, std::size_t line, SubscriptionId subscription,
                           CivilTime at);
// kConflict: something of it is active, or it is cancelled already.
Result<Order> CancelOrder(Order order);
// kConflict: it is active or cancelled.
Result<Order> Rename(Order order, std::string name);

}  // namespace livery::orders
