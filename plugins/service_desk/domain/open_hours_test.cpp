#include "domain/open_hours.h"

#include <algorithm>
#include <random>

#include <gtest/gtest.h>

#include "domain/wall_clocks.h"

namespace livery::service_desk::testing {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

TEST(OpenTime, CountsOfficeHoursAndNoNights) {
    // Thursday noon to Monday ten.
    EXPECT_EQ(OpenTime(OfficeHours(), Utc(), At(2026, 11, 26, 12), At(2026, 11, 30, 10)),
              hours(5 + 8 + 1));
    EXPECT_EQ(OpenTime(OfficeHours(), Utc(), At(2026, 11, 28, 9), At(2026, 11, 29, 17)), hours(0));
    EXPECT_EQ(OpenTime(OfficeHours(), Utc(), At(2026, 11, 27), At(2026, 11, 26)), hours(0));
}

TEST(OpenTime, CountsNoHolidays) {
    BusinessCalendar calendar = OfficeHours();
    calendar.holidays = {std::chrono::floor<days>(At(2026, 12, 24))};
    calendar.every_year = {std::chrono::December / 25};
    EXPECT_EQ(OpenTime(calendar, Utc(), At(2026, 12, 23, 16), At(2026, 12, 28, 10)), hours(2));
    EXPECT_EQ(OpenTime(calendar, Utc(), At(2028, 12, 24), At(2028, 12, 26)), hours(0));
}

TEST(OpenTime, HasAnHourLessWhereTheClocksSkipOne) {
    const auto day = [](Instant from) {
        return OpenTime(BusinessCalendar::Always(), Berlin(), from, from + hours(23));
    };
    EXPECT_EQ(day(At(2026, 3, 28, 23)), hours(23));
    BusinessCalendar nights;
    nights.week.at(0) = {From(1, 4)};  // Sunday
    EXPECT_EQ(OpenTime(nights, Berlin(), At(2026, 3, 28, 12), At(2026, 3, 29, 12)), hours(2));
    EXPECT_EQ(OpenTime(nights, Berlin(), At(2026, 10, 24, 12), At(2026, 10, 25, 12)), hours(4));
}

TEST(OpenTime, IsOpenTwiceWhereAnHourIsShownTwice) {
    BusinessCalendar nights;
    nights.week.at(0) = {{minutes(60), minutes(150)}};  // Sunday from 1:00 to 2:30
    const auto open = [&](Instant from, Instant to) {
        return OpenTime(nights, Berlin(), from, to);
    };
    EXPECT_EQ(open(At(2026, 10, 25, 0, 30), At(2026, 10, 25, 1)), hours(0)) << "2:30 to 3:00";
    EXPECT_EQ(open(At(2026, 10, 25, 1), At(2026, 10, 25, 2)), minutes(30)) << "2:00 to 3:00 again";
}

TEST(AfterOpenTime, IsTheFirstMomentAtWhichItHasPassed) {
    const auto after = [](Instant from, Duration open) {
        return AfterOpenTime(OfficeHours(), Utc(), from, open);
    };
    EXPECT_EQ(after(At(2026, 11, 27, 16), hours(1)), At(2026, 11, 27, 17)) << "not Monday nine";
    EXPECT_EQ(after(At(2026, 11, 27, 16), hours(2)), At(2026, 11, 30, 10));
    EXPECT_EQ(after(At(2026, 11, 28, 3), hours(0)), At(2026, 11, 28, 3));
}

TEST(AfterOpenTime, IsNeverWhereNobodyIsThere) {
    EXPECT_EQ(AfterOpenTime({}, Utc(), At(2026, 1, 1), minutes(1)), std::nullopt);
}

// The same, looked at minute by minute.
class Slow {
 public:
    Slow(const BusinessCalendar& calendar, const WallClock& clock)
        : calendar_(calendar), clock_(clock) {}
    bool IsOpen(Instant instant) const {
        const auto reading = instant + clock_(instant).east_of_utc;
        const auto day = std::chrono::floor<days>(reading);
        const std::chrono::year_month_day date(day);
        if (calendar_.holidays.contains(day)) return false;
        if (calendar_.every_year.contains({date.month(), date.day()})) return false;
        const auto& week_day = calendar_.week.at(std::chrono::weekday(day).c_encoding());
        return std::any_of(week_day.begin(), week_day.end(), [&](const Hours& one) {
            return one.from <= reading - day && reading - day < one.to;
        });
    }
    Duration Count(Instant from, Instant to) const {
        Duration open{0};
        for (; from < to; from += minutes(1))
            if (IsOpen(from)) open += minutes(1);
        return open;
    }

 private:
    const BusinessCalendar& calendar_;
    const WallClock& clock_;
};

class RandomDesks : public ::testing::TestWithParam<unsigned> {
 protected:
    int UpTo(int most) { return std::uniform_int_distribution<int>(0, most)(random_); }
    BusinessCalendar Calendar() {
        BusinessCalendar calendar;
        for (auto& day : calendar.week) {
            int from = UpTo(700);
            for (int stretches = UpTo(2); stretches > 0 && from < 1440; --stretches) {
                const int to = std::min(1440, from + 1 + UpTo(600));
                day.push_back({minutes(from), minutes(to)});
                from = to + 1 + UpTo(200);
            }
        }
        for (int i = UpTo(2); i > 0; --i)
            calendar.holidays.insert(std::chrono::floor<days>(begin_) + days(UpTo(9)));
        if (UpTo(1) == 1) calendar.every_year.insert(std::chrono::March / 3);
        return calendar;
    }
    // Changes of up to two hours either way, at any minute, and days of them in a row.
    WallClock Clock() {
        std::vector<std::pair<Instant, std::chrono::seconds>> changes;
        Instant at = begin_;
        for (int i = 0; i <= UpTo(4); ++i) {
            changes.emplace_back(at, minutes(UpTo(28 * 60) - 14 * 60));
            at += minutes(1 + UpTo(3 * 1440));
        }
        return Changing(std::move(changes));
    }
    const Instant begin_ = At(2026, 2, 27);
    std::mt19937 random_{GetParam()};
};

TEST_P(RandomDesks, AreAsOpenAsMinuteByMinute) {
    const BusinessCalendar calendar = Calendar();
    const WallClock clock = Clock();
    const Slow slow(calendar, clock);
    for (int i = 0; i < 4; ++i) {
        const Instant from = begin_ + minutes(UpTo(5 * 1440));
        const Instant to = from + minutes(UpTo(5 * 1440));
        const Duration open = OpenTime(calendar, clock, from, to);
        ASSERT_EQ(open, slow.Count(from, to));
        if (open == Duration(0)) continue;
        const Duration wanted = minutes(1 + UpTo(static_cast<int>(open / minutes(1)) - 1));
        const auto reached = AfterOpenTime(calendar, clock, from, wanted);
        ASSERT_TRUE(reached && *reached <= to);
        ASSERT_EQ(slow.Count(from, *reached), wanted);
        ASSERT_TRUE(slow.IsOpen(*reached - minutes(1))) << "it was reached before";
    }
}

INSTANTIATE_TEST_SUITE_P(Desk, RandomDesks, ::testing::Range(0U, 400U));

}  // namespace
}  // namespace livery::service_desk::testing
