#include "domain/frequency.h"

#include <gtest/gtest.h>

namespace livery::subscriptions {
namespace {

Date Day(const char* iso) { return *ParseDate(iso); }

TEST(PeriodStart, AnAnchorOfThe31stStaysThe31st) {
    EXPECT_EQ(ToIso(PeriodStart(Day("2027-01-31"), Frequency::kMonth, 1)), "2027-02-28");
    EXPECT_EQ(ToIso(PeriodStart(Day("2027-01-31"), Frequency::kMonth, 2)), "2027-03-31");
    EXPECT_EQ(ToIso(PeriodStart(Day("2024-02-29"), Frequency::kYear, 1)), "2025-02-28");
    EXPECT_EQ(ToIso(PeriodStart(Day("2024-02-29"), Frequency::kYear, 4)), "2028-02-29");
}

// Every day of four years (with a leap day) and every anchor day of a month: periods tile time.
TEST(PeriodOf, PeriodsTileTimeForEveryAnchorAndDay) {
    for (const Frequency frequency : {Frequency::kMonth, Frequency::kQuarter, Frequency::kYear}) {
        for (int offset = 0; offset < 31; ++offset) {
            const Date anchor = Day("2024-01-01") + std::chrono::days(offset);
            Period last{anchor, anchor};
            for (Date date = anchor; date < Day("2028-02-01"); date += std::chrono::days(1)) {
                const Period period = PeriodOf(anchor, frequency, date);
                ASSERT_TRUE(period.Contains(date)) << ToIso(anchor) << ' ' << ToIso(date);
                if (period != last) {
                    ASSERT_EQ(period.from, last.to) << ToIso(anchor) << ' ' << ToIso(date);
                }
                last = period;
            }
        }
    }
}

}  // namespace
}  // namespace livery::subscriptions
