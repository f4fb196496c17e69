#include <gtest/gtest.h>

#include <livery/time/instant.h>

namespace livery {
namespace {

using std::chrono::days;

Date On(const char* iso) { return *ParseDate(iso); }

TEST(Dates, ComeBackAsTheyWereWrittenForAThousandYears) {
    for (Date date = On("1900-01-01"); date < On("2900-01-01"); date += days(17))
        ASSERT_EQ(ParseDate(ToIso(date)), date);
}

TEST(Dates, RefusesWhatIsNoDate) {
    for (const char* text : {"", "2026-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "26-01-01",
                             "2026-01-01 ", "2026-01-0x", "2026/01/01", "-026-01-01"})
        EXPECT_FALSE(ParseDate(text)) << text;
    EXPECT_TRUE(ParseDate("2028-02-29"));
}

TEST(Dates, AMomentIsWrittenInUtcToTheMicrosecond) {
    EXPECT_EQ(ToIso(Instant(On("2026-11-23")) + std::chrono::microseconds(1)),
              "2026-11-23T00:00:00.000001Z");
    EXPECT_EQ(ToIso(Instant(On("1969-12-31"))), "1969-12-31T00:00:00.000000Z");
}

TEST(AddMonths, KeepsTheDayOrTakesTheMonthsLast) {
    EXPECT_EQ(AddMonths(On("2026-01-31"), 1), On("2026-02-28"));
    EXPECT_EQ(AddMonths(On("2026-01-31"), 2), On("2026-03-31")) << "the anchor is not forgotten";
    EXPECT_EQ(AddMonths(On("2027-12-31"), 2), On("2028-02-29"));
    EXPECT_EQ(AddMonths(On("2026-03-31"), -1), On("2026-02-28"));
    EXPECT_EQ(AddMonths(On("2026-03-15"), -15), On("2024-12-15"));
    EXPECT_EQ(AddMonths(On("2026-03-15"), 0), On("2026-03-15"));
}

// From any anchor, each month has exactly one date, and they never run backwards.
TEST(AddMonths, NeverSkipsAMonthAndNeverRunsBackwards) {
    for (Date anchor = On("2023-12-20"); anchor < On("2025-02-10"); anchor += days(1)) {
        for (int n = -24; n < 24; ++n) {
            const std::chrono::year_month_day now(AddMonths(anchor, n));
            const std::chrono::year_month_day next(AddMonths(anchor, n + 1));
            ASSERT_EQ(now.year() / now.month() + std::chrono::months(1),
                      next.year() / next.month());
            ASSERT_LE(now.day(), std::chrono::year_month_day(anchor).day());
        }
    }
}

TEST(Period, BelongsFromAndNotTo) {
    const Period march{On("2026-03-01"), On("2026-04-01")};
    EXPECT_EQ(march.Days(), 31);
    EXPECT_TRUE(march.Contains(On("2026-03-01")));
    EXPECT_FALSE(march.Contains(On("2026-04-01")));
}

}  // namespace
}  // namespace livery
