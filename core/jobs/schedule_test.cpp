#include "jobs/schedule.h"

#include <gtest/gtest.h>

namespace livery::jobs {
namespace {

using std::chrono::days;

constexpr Date kToday = std::chrono::sys_days(std::chrono::year(2026) / 3 / 30);

TEST(Schedule, BeginsTodayForWhoIsSeenForTheFirstTime) {
    EXPECT_EQ(DaysDue(std::nullopt, kToday), std::vector<Date>{kToday});
}

TEST(Schedule, LooksAtTheLastDayAgainAndAtAllThatWereMissedInTheirOrder) {
    EXPECT_EQ(DaysDue(kToday, kToday), std::vector<Date>{kToday});
    EXPECT_EQ(DaysDue(kToday - days(2), kToday),
              (std::vector<Date>{kToday - days(2), kToday - days(1), kToday}));
}

TEST(Schedule, HasNothingToDoWhenTheClockStandsBeforeTheLastDay) {
    EXPECT_EQ(DaysDue(kToday + days(1), kToday), std::vector<Date>{});
}

TEST(Schedule, WaitsLongerEachTime) {
    for (int tries = 1; tries < kMostTries; ++tries)
        EXPECT_LT(WaitAfter(tries), WaitAfter(tries + 1));
}

}  // namespace
}  // namespace livery::jobs
