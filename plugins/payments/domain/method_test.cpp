#include "domain/method.h"

#include <gtest/gtest.h>

namespace livery::payments {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;

const Date kToday = *ParseDate("2026-03-15");
const Instant kNow = Instant(kToday);

PaymentMethod Card(std::uint64_t n, bool is_default = false,
                   MethodState state = MethodState::kActive) {
    PaymentMethod method{.id = MethodId(MakeUuidV7(n, {})), .state = state, .began_at = kNow};
    method.expiry_month = 3;
    method.expiry_year = 2026;
    method.is_default = is_default;
    return method;
}

TEST(ACard, ServesUntilItsMonthIsOver) {
    EXPECT_FALSE(IsExpired(Card(1), *ParseDate("2026-03-31")));
    EXPECT_TRUE(IsExpired(Card(1), *ParseDate("2026-04-01")));
    PaymentMethod debit = Card(1);
    debit.expiry_month = 0;
    EXPECT_FALSE(IsExpired(debit, *ParseDate("2126-04-01")));
}

TEST(ACard, WarnsThirtyAndSevenDaysBefore) {
    std::vector<int> warned;
    for (int day = 0; day < 60; ++day) {
        if (const auto left = WarnsToday(Card(1), *ParseDate("2026-02-15") + days(day)))
            warned.push_back(*left);
    }
    EXPECT_EQ(warned, (std::vector<int>{30, 7}));
    PaymentMethod told = Card(1);
    told.warned_on = *ParseDate("2026-03-25");
    EXPECT_EQ(WarnsToday(told, *ParseDate("2026-03-25")), std::nullopt);
    EXPECT_EQ(WarnsToday(Card(1, false, MethodState::kRemoved), *ParseDate("2026-03-25")),
              std::nullopt);
}

TEST(ACard, StandsAsItsOwnerSeesIt) {
    EXPECT_EQ(StandsAs(Card(1), *ParseDate("2026-03-01")), "active");
    EXPECT_EQ(StandsAs(Card(1), *ParseDate("2026-03-31")), "expires_soon");
    EXPECT_EQ(StandsAs(Card(1), *ParseDate("2026-04-01")), "expired");
    PaymentMethod refused = Card(1);
    refused.state = MethodState::kRefused;
    EXPECT_EQ(StandsAs(refused, *ParseDate("2026-04-01")), "refused");
}

TEST(ACard, ExpiresSoonInItsLastThirtyDays) {
    EXPECT_FALSE(ExpiresSoon(Card(1), *ParseDate("2026-03-01")));
    EXPECT_TRUE(ExpiresSoon(Card(1), *ParseDate("2026-03-02")));
    EXPECT_TRUE(ExpiresSoon(Card(1), *ParseDate("2026-03-31")));
    EXPECT_FALSE(ExpiresSoon(Card(1), *ParseDate("2026-04-01"))) << "it has";
    EXPECT_FALSE(ExpiresSoon(Card(1, false, MethodState::kRefused), *ParseDate("2026-03-31")));
    PaymentMethod debit = Card(1);
    debit.expiry_month = 0;
    EXPECT_FALSE(ExpiresSoon(debit, kToday));
}

TEST(Methods, AreChargedTheDefaultFirstAndNeverWhatRefused) {
    const auto methods = Chargeable({Card(1), Card(2, true), Card(3, false, MethodState::kRefused),
                                     Card(4, false, MethodState::kBegun), Card(5)},
                                    kToday);
    std::vector<MethodId> ids;
    for (const PaymentMethod& method : methods) ids.push_back(method.id);
    EXPECT_EQ(ids, (std::vector<MethodId>{Card(2).id, Card(1).id, Card(5).id}));
    EXPECT_TRUE(Chargeable({Card(1)}, *ParseDate("2026-04-01")).empty());
}

TEST(TheLastMethod, IsKeptWhileTheAccountPaysByItself) {
    const PaymentMethod card = Card(1);
    EXPECT_FALSE(CheckRemoval(card, {card, Card(2, false, MethodState::kRefused)}, true, kToday)
                     .has_value());
    EXPECT_TRUE(CheckRemoval(card, {card}, false, kToday).has_value());
    EXPECT_TRUE(CheckRemoval(card, {card, Card(2)}, true, kToday).has_value());
    // What cannot be charged anyway is missed by nobody.
    for (const MethodState state : {MethodState::kBegun, MethodState::kRefused}) {
        const PaymentMethod other = Card(2, false, state);
        EXPECT_TRUE(CheckRemoval(other, {other}, true, kToday).has_value());
        EXPECT_TRUE(CheckRemoval(other, {card, other}, true, kToday).has_value());
    }
}

TEST(ASetUp, IsKeptWithItsTokenOnly) {
    PaymentMethod method = Card(1, false, MethodState::kBegun);
    Advance(method, Fate::kAnswered, SetUpSaid{.state = "active"}, true, kNow);
    EXPECT_EQ(method.state, MethodState::kBegun);
    Advance(method, Fate::kAnswered, SetUpSaid{.state = "active", .token = "tok", .last4 = "4242"},
            true, kNow);
    EXPECT_EQ(method.state, MethodState::kActive);
    EXPECT_EQ(method.last4, "4242");
    EXPECT_EQ(method.next_look_at, std::nullopt);
}

TEST(ASetUp, IsLookedUpUntilADayIsOver) {
    PaymentMethod method = Card(1, false, MethodState::kBegun);
    Advance(method, Fate::kUnknown, {}, false, kNow);
    EXPECT_EQ(method.next_look_at, kNow + 15s);
    Advance(method, Fate::kAnswered, SetUpSaid{.state = "not_found"}, true, kNow + 23h);
    EXPECT_EQ(method.state, MethodState::kBegun);
    Advance(method, Fate::kAnswered, SetUpSaid{.state = "requires_action"}, true, kNow + 24h);
    EXPECT_EQ(method.state, MethodState::kFailed);
    method = Card(1, false, MethodState::kBegun);
    Advance(method, Fate::kNothingSent, {}, false, kNow);
    EXPECT_EQ(method.state, MethodState::kFailed);
}

}  // namespace
}  // namespace livery::payments
