#include <gtest/gtest.h>

#include <livery/check.h>
#include <livery/time/frequency.h>

namespace livery {
namespace {

CivilTime At(const char* iso) { return *ParseCivilTime(iso); }
std::string Point(const BillingGrid& grid, int k) { return ToIso(grid.PointAt(k)); }
const Length kMonth{1, Length::Unit::kMonth};

TEST(CivilTime, IsReadInBothFormsAndWrittenShort) {
    EXPECT_EQ(ToIso(At("2027-03-31")), "2027-03-31");
    EXPECT_EQ(ToIso(At("2027-03-31T12:30:05")), "2027-03-31T12:30:05");
    EXPECT_EQ(ToIso(At("2027-03-31T00:00:00")), "2027-03-31");
    for (const char* text : {"", "2027-02-29", "2027-03-31T24:00:00", "2027-03-31T12:60:00",
                             "2027-03-31T12:00", "2027-03-31T-0:00:00", "2027-03-31x12:00:00"})
        EXPECT_FALSE(ParseCivilTime(text)) << text;
}

TEST(Length, KnowsItsWords) {
    EXPECT_EQ(Length::Parse("week"), (Length{7, Length::Unit::kDay}));
    EXPECT_EQ(Length::Parse("2 weeks"), (Length{14, Length::Unit::kDay}));
    EXPECT_EQ(Length::Parse("quarter"), (Length{3, Length::Unit::kMonth}));
    EXPECT_EQ(Length::Parse("half_year"), (Length{6, Length::Unit::kMonth}));
    EXPECT_EQ(Length::Parse("100 years"), (Length{1200, Length::Unit::kMonth}));
    for (const char* text :
         {"", "months", "0 days", "-1 days", "1.5 months", "3  months", "101 years", "1201 days",
          "3 fortnights", " month", "99999999999 days"})
        EXPECT_FALSE(Length::Parse(text)) << text;
}

TEST(Length, IsWrittenAsItCanBeRead) {
    for (int count = 1; count <= 1200; ++count) {
        for (const auto unit : {Length::Unit::kDay, Length::Unit::kMonth}) {
            const Length length{count, unit};
            ASSERT_EQ(Length::Parse(length.ToString()), length) << length.ToString();
        }
    }
    EXPECT_EQ((Length{24, Length::Unit::kMonth}).ToString(), "2 years");
    EXPECT_EQ((Length{9, Length::Unit::kMonth}).ToString(), "9 months");
}

TEST(BillingGrid, AnAnchorOfThe31stStaysThe31st) {
    const BillingGrid grid(At("2027-01-31"), kMonth);
    EXPECT_EQ(Point(grid, 1), "2027-02-28");
    EXPECT_EQ(Point(grid, 2), "2027-03-31");
    EXPECT_EQ(Point(grid, 3), "2027-04-30");
    EXPECT_EQ(Point(grid, 13), "2028-02-29");
    EXPECT_EQ(Point(grid, -2), "2026-11-30");
    EXPECT_EQ(Point(BillingGrid(At("2028-02-29"), Length{12, Length::Unit::kMonth}), 1),
              "2029-02-28");
    EXPECT_EQ(Point(BillingGrid(At("2028-02-29"), Length{12, Length::Unit::kMonth}), 4),
              "2032-02-29");
}

TEST(BillingGrid, OnADayBeginsWithTheFirstOnOrAfter) {
    EXPECT_EQ(Point(BillingGrid::OnDay(At("2027-01-15"), 15, kMonth), 0), "2027-01-15");
    EXPECT_EQ(Point(BillingGrid::OnDay(At("2027-01-16"), 15, kMonth), 0), "2027-02-15");
    EXPECT_EQ(Point(BillingGrid::OnDay(At("2027-02-28"), 31, kMonth), 0), "2027-02-28");
    EXPECT_EQ(Point(BillingGrid::OnDay(At("2027-02-28"), 31, kMonth), 1), "2027-03-31");
    EXPECT_EQ(Point(BillingGrid::OnDay(At("2027-12-31"), 1, kMonth), 0), "2028-01-01");
    EXPECT_THROW((void)BillingGrid::OnDay(At("2027-01-01"), 0, kMonth), BrokenInvariant);
    EXPECT_THROW((void)BillingGrid::OnDay(At("2027-01-01"), 32, kMonth), BrokenInvariant);
}

TEST(BillingGrid, EveryMomentIsInThePeriodThatEnclosesIt) {
    for (const char* frequency :
         {"day", "week", "10 days", "month", "quarter", "5 months", "year"}) {
        for (int day = 28; day <= 31; ++day) {
            const BillingGrid grid =
                BillingGrid::OnDay(At("2027-06-01T12:00:00"), day, *Length::Parse(frequency));
            CivilTime time = At("2023-01-01");
            for (; time < At("2032-01-01"); time += std::chrono::hours(37)) {
                const Span period = grid.Enclosing(time);
                ASSERT_TRUE(period.Contains(time)) << frequency << ToIso(time);
                ASSERT_EQ(grid.PointAt(grid.IndexAt(period.from)), period.from);
                ASSERT_EQ(grid.IndexAt(period.to), grid.IndexAt(period.from) + 1);
                ASSERT_EQ(grid.NextOnOrAfter(period.to), period.to);
                ASSERT_EQ(grid.NextOnOrAfter(period.from + std::chrono::seconds(1)), period.to);
            }
        }
    }
}

TEST(Span, IsHalfOpen) {
    const Span january{At("2027-01-01"), At("2027-02-01")};
    EXPECT_TRUE(january.Contains(january.from));
    EXPECT_FALSE(january.Contains(january.to));
    EXPECT_TRUE(Intersect(january, {january.to, At("2027-03-01")}).IsEmpty());
}

}  // namespace
}  // namespace livery
