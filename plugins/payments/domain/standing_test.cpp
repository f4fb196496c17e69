#include "domain/standing.h"

#include <gtest/gtest.h>

namespace livery::payments {
namespace {

using std::chrono::days;
const Date kDay0 = *ParseDate("2026-03-01");

// Case DU-01, day by day as the job runs.
TEST(AnAutomaticPayment, IsTriedOnTheDaysOfThePlanAndOnceADay) {
    Tries tries;
    std::vector<int> tried;
    for (int day = 0; day < 60; ++day) {
        for (int run = 0; run < 2; ++run) {
            const Date today = kDay0 + days(day);
            if (!TriesToday(tries, kDay0, today)) continue;
            BeginTry(tries, {}, kDay0, today);
            tried.push_back(day);
        }
    }
    EXPECT_EQ(tried, (std::vector<int>{0, 1, 9, 13, 20}));
}

TEST(AnAutomaticPayment, CountsAnewForWhatFallsDueLater) {
    Tries tries;
    BeginTry(tries, {}, kDay0, kDay0);
    EndTry(tries, {}, {1, DeclineClass::kHard, kDay0, {}, false});
    EXPECT_FALSE(TriesToday(tries, kDay0, kDay0 + days(1)));
    EXPECT_TRUE(TriesToday(tries, kDay0 + days(5), kDay0 + days(5)));
    BeginTry(tries, {}, kDay0 + days(5), kDay0 + days(5));
    EXPECT_EQ(tries.count, 1);
}

const Currency kEuro = *Currency::Parse("EUR");
const Currency kDollar = *Currency::Parse("USD");

TEST(AnAutomaticPayment, HasDaysOfItsOwnInEachCurrency) {
    Standing standing{.pays_automatically = true};
    standing.TriesIn(kEuro) = {2, kDay0, kDay0 + days(8)};
    standing.TriesIn(kDollar) = {1, kDay0 + days(1), kDay0 + days(2)};
    EXPECT_EQ(standing.MostTries(), 2);
    EXPECT_EQ(standing.LastTry(), kDay0 + days(1));
    EXPECT_EQ(standing.NextTry(), kDay0 + days(2));
    SettleTries(standing, {kEuro});
    EXPECT_EQ(standing.TriesIn(kEuro), (Tries{2, kDay0, kDay0 + days(8)}));
    EXPECT_EQ(standing.TriesIn(kDollar), (Tries{0, kDay0 + days(1), {}}));
    EXPECT_EQ(standing.NextTry(), kDay0 + days(8));
}

// As it was kept before currencies were told apart.
TEST(AnAutomaticPayment, GoesOnInEachCurrencyFromWhereAllWere) {
    Standing standing{.pays_automatically = true, .tries_of_all = Tries{5, kDay0, {}}};
    TryOnceMore(standing, kDay0);
    EXPECT_EQ(standing.TriesIn(kEuro), (Tries{5, kDay0, kDay0 + days(1)}));
    EXPECT_EQ(standing.TriesIn(kDollar), (Tries{5, kDay0, kDay0 + days(1)}));
}

TEST(WhatIsSuspended, StaysNotedWhenMoreIs) {
    const SubscriptionId first(*UuidFromBase58("1111111111111111111115"));
    const SubscriptionId other(*UuidFromBase58("1111111111111111111116"));
    Standing standing{.suspended = {first}};
    AddSuspended(standing, {});
    EXPECT_EQ(standing.suspended, (std::vector{first}));
    AddSuspended(standing, {first, other});
    EXPECT_EQ(standing.suspended, (std::vector{first, other}));
}

TEST(WhoHasPaid, IsClear) {
    Standing standing{.pays_automatically = true,
                      .tries = {{kEuro, {3, kDay0, kDay0}}},
                      .step = "warning",
                      .promise = Promise{kDay0, kDay0},
                      .reminded = {{kEuro, {2, kDay0}}}};
    Settle(standing);
    EXPECT_EQ(standing.step, "");
    EXPECT_FALSE(standing.promise);
    EXPECT_TRUE(standing.reminded.empty());
    EXPECT_TRUE(standing.pays_automatically);
    const Tries tries = standing.TriesIn(kEuro);
    EXPECT_FALSE(TriesToday(tries, kDay0, kDay0));  // not twice on one day
    EXPECT_TRUE(TriesToday(tries, kDay0 + days(1), kDay0 + days(1)));
}

}  // namespace
}  // namespace livery::payments
