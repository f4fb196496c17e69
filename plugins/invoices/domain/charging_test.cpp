#include "domain/charging.h"

#include <gtest/gtest.h>

namespace livery::invoices {
namespace {

using billing::Policies;

const Currency kEuro = *Currency::Parse("EUR");
CivilTime At(const char* iso) { return *ParseCivilTime(iso); }
Span Between(const char* from, const char* to) { return {At(from), At(to)}; }

TEST(Share, IsMeasuredAsTheTenantSays) {
    const Span february = Between("2027-02-01", "2027-03-01");
    const Span last = Between("2027-02-28", "2027-03-01");
    EXPECT_EQ(billing::ShareOf(last, february, Policies::Proration::kActualDays).ToString(),
              "1/28");
    EXPECT_EQ(billing::ShareOf(last, february, Policies::Proration::kFixed30).ToString(), "3/30");
    EXPECT_EQ(billing::ShareOf(last, february, Policies::Proration::kToTheSecond).ToString(),
              "86400/2419200");
    // The 31st counts as the 30th.
    EXPECT_EQ(billing::ShareOf(Between("2027-01-31", "2027-02-01"),
                               Between("2027-01-01", "2027-02-01"), Policies::Proration::kFixed30)
                  .ToString(),
              "1/30");
    // A week is what it is.
    EXPECT_EQ(billing::ShareOf(Between("2027-01-01", "2027-01-04"),
                               Between("2027-01-01", "2027-01-08"), Policies::Proration::kFixed30)
                  .ToString(),
              "3/7");
}

TEST(GivingBack, IsMeasuredAsTheLineWasWhenThePolicyChangedMeanwhile) {
    const Span june = Between("2027-06-01", "2027-07-01");
    Line line = Line::Of(LineKind::kRecurring, Money(3000, kEuro));
    line.key.emplace();
    line.covers = line.period = june;
    line.share = {30, 30};
    const billing::Timeline ended{{}, {}, kEuro, "", {}, {}};
    billing::Timeline until = ended;
    until.stretches.push_back({*line.key,
                               june.from,
                               At("2027-06-16"),
                               june.from,
                               BillingGrid(june.from, Length{}),
                               {},
                               {}});
    until.sold.emplace_back();
    Policies policies;
    policies.proration = Policies::Proration::kToTheSecond;
    const std::vector<BilledLine> billed{BilledLine::Of(line)};
    const auto lines = ChargesDue({until, billed, policies, At("2027-06-10"), At("2027-06-16")});
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_EQ(lines.front().amount, Money(-1500, kEuro));
    // What nobody paid is not given back.
    std::vector<BilledLine> lost = billed;
    lost.front().is_written_off = true;
    EXPECT_TRUE(ChargesDue({until, lost, policies, At("2027-06-10"), At("2027-06-16")}).empty());
}

}  // namespace
}  // namespace livery::invoices
