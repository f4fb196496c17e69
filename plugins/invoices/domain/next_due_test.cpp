#include "domain/next_due.h"

#include <gtest/gtest.h>

#include "domain/charging.h"

namespace livery::invoices {
namespace {

const Currency kEuro = *Currency::Parse("EUR");
CivilTime At(const char* iso) { return *ParseCivilTime(iso); }

billing::ChargeStretch Stretch(const char* from, const char* to, billing::BillingMode mode) {
    billing::ChargeKey key{.plan = "fibre"};
    key.unit_price = Decimal(30);
    key.quantity = Decimal(1);
    std::optional<CivilTime> end;
    if (to != nullptr) end = At(to);
    return {key, At(from), end, At(from), BillingGrid(At(from), *Length::Parse("month")), mode, {}};
}

billing::Timeline Life(std::vector<billing::ChargeStretch> stretches) {
    billing::Timeline timeline{.currency = kEuro};
    timeline.sold.assign(stretches.size(), {"Fibre", "Fibre 500", "standard"});
    timeline.stretches = std::move(stretches);
    return timeline;
}

TEST(NextDue, IsTheNextPeriodOfWhatRuns) {
    const auto life = Life({Stretch("2026-01-31", nullptr, billing::BillingMode::kInAdvance)});
    EXPECT_EQ(NextDue(life, At("2026-01-30")), At("2026-01-31"));
    EXPECT_EQ(NextDue(life, At("2026-01-31")), At("2026-02-28"));
    EXPECT_EQ(NextDue(life, At("2026-02-28")), At("2026-03-31"));
}

TEST(NextDue, IsAnEndToo) {
    const auto life = Life({Stretch("2026-01-01", "2026-01-20", billing::BillingMode::kInArrear)});
    EXPECT_EQ(NextDue(life, At("2026-01-01")), At("2026-01-20"));
    EXPECT_EQ(NextDue(life, At("2026-01-20")), std::nullopt);
}

// Day by day over two years: whenever a run finds something, a moment was named.
TEST(NextDue, MissesNothingThatARunFinds) {
    using billing::BillingMode;
    for (const BillingMode mode : {BillingMode::kInAdvance, BillingMode::kInArrear}) {
        const auto life = Life(
            {Stretch("2026-01-31", "2026-05-11", mode), Stretch("2026-05-11", "2027-02-28", mode)});
        std::vector<BilledLine> billed;
        std::optional<CivilTime> settled;
        std::optional<CivilTime> named = At("2026-01-31");
        int found = 0;
        for (CivilTime day = At("2026-01-01"); day < At("2027-04-01");
             day += std::chrono::days(1)) {
            const auto due = ChargesDue({life, billed, billing::Policies{}, settled, day});
            if (!due.empty()) {
                ++found;
                ASSERT_TRUE(named && *named <= day) << ToIso(day);
            }
            for (const Line& line : due) {
                Line kept = line;
                kept.id = InvoiceLineId(MakeUuidV7(billed.size() + 1, {}));
                billed.push_back(BilledLine::Of(kept));
            }
            settled = day;
            if (!named || *named <= day) named = NextDue(life, day);
        }
        EXPECT_GE(found, 13);
    }
}

}  // namespace
}  // namespace livery::invoices
