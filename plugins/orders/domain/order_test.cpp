#include "domain/order.h"

#include <gtest/gtest.h>

namespace livery::orders {
namespace {

const Currency kEuro = *Currency::Parse("EUR");
const Date kToday = *ParseDate("2027-01-01");
CivilTime At(const char* iso) { return *ParseCivilTime(iso); }

billing::Catalog Shop() {
    billing::Catalog catalog;
    catalog.products["net"] = {"net", "Net", "standard", {}};
    billing::PlanVersion version;
    version.phases.push_back({billing::PhaseKind::kTrial, Length::Parse("14 days"), {}, {}, {}});
    version.phases.push_back({{}, {}, {{kEuro, Decimal(1995, 2)}}, {{kEuro, Decimal(5)}}, {}});
    catalog.plans["basic"] = {"basic", "net", "Basic", {version}, {}, {}, {}};
    version.phases = {{{}, {}, {}, {{kEuro, Decimal(5)}}, {}}};
    catalog.plans["setup"] = {"setup", "net", "Set-up", {version}, {}, {}, {}};
    return catalog;
}

std::string Why(const Error& error) {
    return error.fields.empty() ? error.message : error.fields.front().message;
}

Order WithLines(std::size_t count) {
    Order order{.lines = {}, .tax = Money(0, kEuro)};
    for (; count > 0; --count) order.lines.push_back(*PriceLine(Shop(), {"basic"}, kEuro, kToday));
    return order;
}

TEST(AnOrderLine, CostsWhatTheFirstPricedPhaseSays) {
    const auto line = PriceLine(Shop(), {"basic", Decimal(3)}, kEuro, kToday);
    ASSERT_TRUE(line);
    EXPECT_EQ(line->amount, Money(5985, kEuro));
    EXPECT_EQ(line->frequency, "month");
    // What is paid once beside it is charged, and so is in the sums.
    ASSERT_TRUE(line->once);
    EXPECT_EQ(line->once->unit_price, Decimal(5));
    EXPECT_EQ(line->once->amount, Money(1500, kEuro));
    EXPECT_EQ(line->Total(), Money(7485, kEuro));
    const auto once = PriceLine(Shop(), {"setup"}, kEuro, kToday);
    EXPECT_EQ(once->frequency, "once");
    EXPECT_EQ(once->amount, Money(500, kEuro));
    EXPECT_FALSE(once->once);
}

TEST(AnOrderLine, IsRefusedWithTheReason) {
    const auto why = [](const OrderLineRequest& request, Currency currency) {
        return Why(PriceLine(Shop(), request, currency, kToday).error());
    };
    EXPECT_EQ(why({"none"}, kEuro), "error.no_such_plan");
    EXPECT_EQ(why({"basic", Decimal(0)}, kEuro), "error.quantity");
    EXPECT_EQ(why({"basic", Decimal(100'001)}, kEuro), "error.quantity");
    EXPECT_EQ(why({"basic"}, *Currency::Parse("USD")), "error.not_in_this_currency");
}

TEST(AnOrder, BecomesActiveLineByLine) {
    const Order partly = *ActivateLine(WithLines(2), 1, {}, At("2027-01-05"));
    EXPECT_EQ(partly.status, OrderStatus::kPartiallyFulfilled);
    EXPECT_EQ(ActivateLine(partly, 1, {}, At("2027-01-06")).error().message, "error.line_active");
    EXPECT_EQ(ActivateLine(partly, 2, {}, At("2027-01-06")).error().message, "error.not_found");
    const Order active = *ActivateLine(partly, 0, {}, At("2027-01-04"));
    EXPECT_EQ(active.status, OrderStatus::kBillingActive);
    EXPECT_EQ(active.BillingActiveAt(), At("2027-01-05"));
    EXPECT_EQ(active.Total(), Money(4990, kEuro));
    EXPECT_EQ(ActivateLine(active, 0, {}, At("2027-01-06")).error().message,
              "error.order_not_waiting");
}

TEST(AnOrder, IsCancelledAndRenamedOnlyWhileItWaits) {
    EXPECT_EQ(CancelOrder(WithLines(1))->status, OrderStatus::kCancelled);
    EXPECT_EQ(Rename(WithLines(1), "PO 7")->name, "PO 7");
    const Order partly = *ActivateLine(WithLines(2), 0, {}, At("2027-01-05"));
    EXPECT_EQ(CancelOrder(partly).error().message, "error.order_not_waiting");
    const Order cancelled = *CancelOrder(WithLines(1));
    EXPECT_EQ(Rename(cancelled, "x").error().message, "error.order_cancelled");
    EXPECT_EQ(CancelOrder(cancelled).error().message, "error.order_cancelled");
    EXPECT_EQ(ActivateLine(cancelled, 0, {}, At("2027-01-05")).error().message,
              "error.order_cancelled");
}

}  // namespace
}  // namespace livery::orders
