#include "domain/days_to_compare.h"

#include <gtest/gtest.h>

namespace livery::payments {
namespace {

using Days = std::vector<Date>;

const Date kLast = *ParseDate("2026-11-27");

Date Before(int days) { return kLast - std::chrono::days(days); }

TEST(DaysToCompare, AreTheDayBeforeOfAListThatWasNeverCompared) {
    EXPECT_EQ(DaysToCompare({}, kLast), Days{kLast});
}

TEST(DaysToCompare, AreNoneWhenTheDayBeforeWasEnded) {
    EXPECT_EQ(DaysToCompare({Before(1), kLast}, kLast), Days{});
}

TEST(DaysToCompare, AreAllSinceTheLastOneThatWasEnded) {
    EXPECT_EQ(
        DaysToCompare({Before(9), Before(3)}, kLast),
        (Days{Before(8), Before(7), Before(6), Before(5), Before(4), Before(2), Before(1), kLast}));
}

// As when somebody compared the day before by hand, after the host had been down for a week.
TEST(DaysToCompare, AreTheHolesToo) {
    EXPECT_EQ(DaysToCompare({Before(4), kLast}, kLast), (Days{Before(3), Before(2), Before(1)}));
}

TEST(DaysToCompare, AreNoMoreThanSoMany) {
    const Days days = DaysToCompare({Before(400)}, kLast);
    ASSERT_EQ(days.size(), std::size_t{kMostDaysCompared});
    EXPECT_EQ(days.front(), Before(kMostDaysCompared - 1));
    EXPECT_EQ(days.back(), kLast);
}

}  // namespace
}  // namespace livery::payments
