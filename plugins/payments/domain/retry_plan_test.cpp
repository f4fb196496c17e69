#include "domain/retry_plan.h"

#include <gtest/gtest.h>

namespace livery::payments {
namespace {

using std::chrono::days;
const Date kDay0 = *ParseDate("2026-03-01");

std::vector<int> TryDays(DeclineClass decline, bool has_other) {
    std::vector<int> tried{0};
    Date on = kDay0;
    for (int tries = 1;; ++tries) {
        const auto next = NextTry({}, {tries, decline, on, std::nullopt, has_other});
        if (!next) return tried;
        on = *next;
        tried.push_back(static_cast<int>((on - kDay0).count()));
    }
}

// Case DU-01.
TEST(ARefusedAutomaticPayment, IsTriedAgainOnThePlansDays) {
    EXPECT_EQ(TryDays(DeclineClass::kSoft, false), (std::vector<int>{0, 1, 9, 13, 20}));
    EXPECT_EQ(TryDays(DeclineClass::kOurs, false), (std::vector<int>{0, 1, 9, 13, 20}));
}

TEST(ARefusedAutomaticPayment, IsNotTriedAgainWithTheMethodThatRefusesForGood) {
    EXPECT_EQ(TryDays(DeclineClass::kHard, false), (std::vector<int>{0}));
    EXPECT_EQ(TryDays(DeclineClass::kAuthenticate, false), (std::vector<int>{0}));
    EXPECT_EQ(TryDays(DeclineClass::kHard, true), (std::vector<int>{0, 1, 9, 13, 20}));
}

TEST(ARefusedAutomaticPayment, WaitsAsLongAsTheProviderAsks) {
    RefusedTry refused{1, DeclineClass::kSoft, kDay0, kDay0 + days(3), false};
    EXPECT_EQ(NextTry({}, refused), kDay0 + days(3));
    refused.not_before = kDay0;
    EXPECT_EQ(NextTry({}, refused), kDay0 + days(1));
}

}  // namespace
}  // namespace livery::payments
