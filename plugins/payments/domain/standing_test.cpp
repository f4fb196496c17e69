#include "domain/standing.h"

#include <gtest/gtest.h>

namespace livery::payments {
namespace {

using std::chrono::days;
const Date kDay0 = *ParseDate("2026-03-01");

// Case DU-01, day by day as the job runs.
TEST(AnAutomaticPayment, IsTriedOnTheDaysOfThePlanAndOnceADay) {
    Standing standing{.pays_automatically = true};
    std::vector<int> tried;
    for (int day = 0; day < 60; ++day) {
        for (int run = 0; run < 2; ++run) {
            const Date today = kDay0 + days(day);
            if (!TriesToday(standing, kDay0, today)) continue;
            BeginTry(standing, {}, kDay0, today);
            tried.push_back(day);
        }
    }
    EXPECT_EQ(tried, (std::vector<int>{0, 1, 9, 13, 20}));
}

TEST(AnAutomaticPayment, CountsAnewForWhatFallsDueLater) {
    Standing standing{.pays_automatically = true};
    BeginTry(standing, {}, kDay0, kDay0);
    EndTry(standing, {}, {1, DeclineClass::kHard, kDay0, {}, false});
    EXPECT_FALSE(TriesToday(standing, kDay0, kDay0 + days(1)));
    EXPECT_TRUE(TriesToday(standing, kDay0 + days(5), kDay0 + days(5)));
    BeginTry(standing, {}, kDay0 + days(5), kDay0 + days(5));
    EXPECT_EQ(standing.tries, 1);
}

TEST(AnAutomaticPayment, IsNotTakenOfWhoPaysHimself) { EXPECT_FALSE(TriesToday({}, kDay0, kDay0)); }

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
                      .tries = 3,
                      .last_try = kDay0,
                      .next_try = kDay0,
                      .step = "warning",
                      .promise = Promise{kDay0, kDay0},
                      .reminded = {{*Currency::Parse("EUR"), {2, kDay0}}}};
    Settle(standing);
    EXPECT_EQ(standing.step, "");
    EXPECT_FALSE(standing.promise);
    EXPECT_TRUE(standing.reminded.empty());
    EXPECT_TRUE(standing.pays_automatically);
    EXPECT_FALSE(TriesToday(standing, kDay0, kDay0));  // not twice on one day
    EXPECT_TRUE(TriesToday(standing, kDay0 + days(1), kDay0 + days(1)));
}

}  // namespace
}  // namespace livery::payments
