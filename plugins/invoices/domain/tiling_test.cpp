#include "domain/tiling.h"

#include <gtest/gtest.h>

namespace livery::invoices {
namespace {

using billing::BillingMode;
using billing::Policies;

const Currency kEuro = *Currency::Parse("EUR");
CivilTime At(const char* iso) { return *ParseCivilTime(iso); }
Span Between(const char* from, const char* to) { return {At(from), At(to)}; }

constexpr auto kDays = Policies::Proration::kActualDays;

ChargedLine Charged(const char* from, const char* to, std::int64_t cents = 3000) {
    Line line = Line::Of(LineKind::kRecurring, Money(cents, kEuro));
    line.covers = Between(from, to);
    const BillingGrid months(At("2027-01-01"), Length{});
    line.period = months.Enclosing(line.covers.from);
    line.share = {(line.covers.to - line.covers.from).count() / 86400,
                  (line.period.to - line.period.from).count() / 86400};
    return {"INV-1", BilledLine::Of(line)};
}

ChargedLine GivenBack(ChargedLine line, const char* from, const char* to, std::int64_t cents) {
    Line repair = Line::Of(LineKind::kRepair, Money(-cents, kEuro));
    repair.covers = Between(from, to);
    line.billed.Give(repair);
    return line;
}

billing::Timeline InUse(const char* from, const char* to, BillingMode mode,
                        const char* begins_at = nullptr) {
    billing::Timeline timeline{{}, {}, kEuro, "", {}, {}};
    billing::ChargeStretch stretch{{},
                                   At(from),
                                   At(to),
                                   At(begins_at != nullptr ? begins_at : from),
                                   BillingGrid(At("2027-01-01"), Length{}),
                                   mode,
                                   {}};
    timeline.stretches.push_back(stretch);
    timeline.sold.emplace_back();
    return timeline;
}

using Spans = std::vector<Span>;

TEST(UnchargedTime, IsWhatWasDueAndOnNoLine) {
    const auto use = InUse("2027-01-01", "2027-12-01", BillingMode::kInAdvance);
    const std::vector<ChargedLine> lines{Charged("2027-01-01", "2027-02-01"),
                                         Charged("2027-03-01", "2027-04-01")};
    EXPECT_EQ(UnchargedTime(use, lines, At("2027-02-28")),
              (Spans{Between("2027-02-01", "2027-03-01")}));
    EXPECT_EQ(UnchargedTime(use, lines, At("2027-01-31")), Spans{});
    EXPECT_EQ(UnchargedTime(use, {}, At("2027-01-01")),
              (Spans{Between("2027-01-01", "2027-02-01")}));
}

TEST(UnchargedTime, InArrearIsDueAtTheEndOfThePeriod) {
    const auto use = InUse("2027-01-10", "2027-12-01", BillingMode::kInArrear);
    EXPECT_EQ(UnchargedTime(use, {}, At("2027-01-31")), Spans{});
    EXPECT_EQ(UnchargedTime(use, {}, At("2027-02-01")),
              (Spans{Between("2027-01-10", "2027-02-01")}));
}

TEST(UnchargedTime, IsNotDueBeforeItWasAgreed) {
    const auto use =
        InUse("2027-01-10", "2027-12-01", BillingMode::kInAdvance, "2027-01-10T14:00:00");
    EXPECT_EQ(UnchargedTime(use, {}, At("2027-01-10T13:00:00")), Spans{});
    EXPECT_EQ(UnchargedTime(use, {}, At("2027-01-10T14:00:00")).size(), 1U);
}

TEST(UnchargedTime, IsAlsoWhatWasGivenBackOfALine) {
    const auto use = InUse("2027-01-01", "2027-02-01", BillingMode::kInAdvance);
    const std::vector<ChargedLine> lines{
        GivenBack(Charged("2027-01-01", "2027-02-01"), "2027-01-20", "2027-01-22", 194)};
    EXPECT_EQ(UnchargedTime(use, lines, At("2027-03-01")),
              (Spans{Between("2027-01-20", "2027-01-22")}));
    EXPECT_EQ(UnchargedTime(InUse("2027-01-22", "2027-02-01", BillingMode::kInAdvance), lines,
                            At("2027-03-01")),
              Spans{});
}

TEST(TimeChargedTwice, IsOnTwoLinesAndGivenBackOfNeither) {
    std::vector<ChargedLine> lines{Charged("2027-01-01", "2027-02-01"),
                                   Charged("2027-01-20", "2027-02-01", 1161),
                                   Charged("2027-02-01", "2027-03-01")};
    const auto twice = TimeChargedTwice(lines, kDays);
    ASSERT_EQ(twice.size(), 1U);
    EXPECT_EQ(twice.front().time, Between("2027-01-20", "2027-02-01"));
    // A part of it that is given back leaves the rest.
    lines[0] = GivenBack(lines[0], "2027-01-20", "2027-01-30", 968);
    ASSERT_EQ(TimeChargedTwice(lines, kDays).size(), 1U);
    EXPECT_EQ(TimeChargedTwice(lines, kDays).front().time, Between("2027-01-30", "2027-02-01"));
    lines[0] = GivenBack(lines[0], "2027-01-30", "2027-02-01", 193);
    EXPECT_TRUE(TimeChargedTwice(lines, kDays).empty());
}

TEST(TimeChargedTwice, LeavesOutWhatIsGivenBackNoMore) {
    std::vector<ChargedLine> lines{Charged("2027-01-01", "2027-02-01"),
                                   Charged("2027-01-01", "2027-02-01", 5000)};
    lines[0].billed.is_written_off = true;
    EXPECT_TRUE(TimeChargedTwice(lines, kDays).empty());
    lines[0].billed.is_written_off = false;
    lines[0].billed.left = Money(0, kEuro);
    EXPECT_TRUE(TimeChargedTwice(lines, kDays).empty());
}

TEST(TimeChargedTwice, LeavesOutWhatIsWorthNothing) {
    // 0.10 for a month: a day of it is less than half a cent.
    const std::vector<ChargedLine> lines{Charged("2027-01-01", "2027-02-01", 10),
                                         Charged("2027-01-31", "2027-02-01", 97)};
    EXPECT_TRUE(TimeChargedTwice(lines, kDays).empty());
}

}  // namespace
}  // namespace livery::invoices
