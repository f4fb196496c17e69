#include "domain/next_charge.h"

#include <gtest/gtest.h>

#include "domain/agreement_changes.h"

namespace livery::subscriptions {
namespace {

using billing::BillingMode;
using billing::Phase;
using billing::PhaseKind;

const Currency kEuro = *Currency::Parse("EUR");

CivilTime At(const char* iso) { return *ParseCivilTime(iso); }

billing::Price Euro(std::int64_t cents) { return {{kEuro, Decimal(cents, 2)}}; }

Phase Evergreen(std::int64_t cents) {
    return {PhaseKind::kEvergreen, std::nullopt, Euro(cents), {}, {}};
}

class NextChargeTest : public testing::Test {
 protected:
    NextChargeTest() {
        shop_.products["net"] = {"net", "Net", "standard", {}};
        Sell("basic", {Evergreen(3000)});
        Sell("pro", {Evergreen(6000)});
        Sell("trying",
             {{PhaseKind::kTrial, Length::Parse("14 days"), {}, {}, {}}, Evergreen(3000)});
        Sell("intro", {{PhaseKind::kDiscount, Length::Parse("2 months"), Euro(1000), {}, {}},
                       Evergreen(3000)});
        Sell("term", {{PhaseKind::kFixedTerm, Length::Parse("2 months"), Euro(3000), {}, {}}});
        Sell("set_up", {{PhaseKind::kTrial, Length::Parse("14 days"), {}, {}, {}},
                        {PhaseKind::kEvergreen, std::nullopt, Euro(3000), Euro(500), {}}});
        Sell("late", {Evergreen(3000)});
        shop_.plans["late"].versions.front().mode = BillingMode::kInArrear;
        Sell("metered", {{PhaseKind::kEvergreen,
                          std::nullopt,
                          Euro(3000),
                          {},
                          {{"calls", "Calls", Euro(10)}}}});
        shop_.plans["metered"].versions.front().mode = BillingMode::kInArrear;
    }

    void Sell(const char* id, std::vector<Phase> phases) {
        billing::PlanVersion version;
        version.phases = std::move(phases);
        shop_.plans[id] = {id, "net", id, {version}, {}, {}, {}};
    }
    Agreement Begun(const char* plan, const char* at, std::int64_t quantity = 1) const {
        return *Begin(shop_, {SubscriptionId(), AccountId(), kEuro, "", "", plan, Decimal(quantity),
                              At(at), 0, std::nullopt, nullptr});
    }
    // "2027-02-01: 30 EUR for 2027-02-01 to 2027-03-01"; "nothing".
    std::string Next(const Agreement& agreement, const char* now) const {
        const auto next = NextChargeOf(TimelineOf(agreement, shop_, {}, At(now)),
                                       shop_.policies.proration, At(now));
        if (!next) return "nothing";
        std::string text = ToIso(next->on) + ": " + next->amount.ToDecimal();
        if (!next->covers.IsEmpty())
            text += " for " + ToIso(next->covers.from) + " to " + ToIso(next->covers.to);
        if (next->IsUsageAlone()) return text + " usage alone";
        return text + (next->with_usage ? " and usage" : "");
    }

    billing::Catalog shop_;
};

TEST_F(NextChargeTest, InAdvanceIsAtTheBeginningOfEachPeriod) {
    const Agreement agreement = Begun("basic", "2027-01-10");
    EXPECT_EQ(Next(agreement, "2027-01-09T12:00:00"),
              "2027-01-10: 30.00 for 2027-01-10 to 2027-02-10");
    EXPECT_EQ(Next(agreement, "2027-01-10"), "2027-02-10: 30.00 for 2027-02-10 to 2027-03-10");
    EXPECT_EQ(Next(agreement, "2027-02-09T23:59:59"),
              "2027-02-10: 30.00 for 2027-02-10 to 2027-03-10");
    EXPECT_EQ(Next(agreement, "2027-02-10"), "2027-03-10: 30.00 for 2027-03-10 to 2027-04-10");
}

TEST_F(NextChargeTest, WhatBeginsLaterTodayIsNotChargedBefore) {
    const Agreement agreement = Begun("basic", "2027-01-10T15:00:00");
    EXPECT_EQ(Next(agreement, "2027-01-10T14:00:00"),
              "2027-01-10T15:00:00: 30.00 for 2027-01-10 to 2027-02-10");
    EXPECT_EQ(Next(agreement, "2027-01-10T15:00:00"),
              "2027-02-10: 30.00 for 2027-02-10 to 2027-03-10");
}

TEST_F(NextChargeTest, InArrearIsAtTheEndOfWhatItCovers) {
    Agreement agreement = Begun("late", "2027-01-01");
    EXPECT_EQ(Next(agreement, "2027-01-15"), "2027-02-01: 30.00 for 2027-01-01 to 2027-02-01");
    EXPECT_EQ(Next(agreement, "2027-02-01"), "2027-03-01: 30.00 for 2027-02-01 to 2027-03-01");
    agreement.ends_at = At("2027-02-15");
    EXPECT_EQ(Next(agreement, "2027-02-01"), "2027-02-15: 15.00 for 2027-02-01 to 2027-02-15");
    EXPECT_EQ(Next(agreement, "2027-02-15"), "nothing");
}

TEST_F(NextChargeTest, TheThirtyFirstStaysTheThirtyFirst) {
    const Agreement agreement = Begun("basic", "2027-01-31");
    EXPECT_EQ(Next(agreement, "2027-01-31"), "2027-02-28: 30.00 for 2027-02-28 to 2027-03-31");
    EXPECT_EQ(Next(agreement, "2027-02-28"), "2027-03-31: 30.00 for 2027-03-31 to 2027-04-30");
}

TEST_F(NextChargeTest, ATrialIsFollowedByTheFirstFullPeriod) {
    const Agreement agreement = Begun("trying", "2027-01-01T09:00:00");
    EXPECT_EQ(Next(agreement, "2027-01-02"),
              "2027-01-15T09:00:00: 30.00 for 2027-01-15 to 2027-02-15");
}

TEST_F(NextChargeTest, TheNextPhaseHasItsOwnPrice) {
    const Agreement agreement = Begun("intro", "2027-01-01");
    EXPECT_EQ(Next(agreement, "2027-01-15"), "2027-02-01: 10.00 for 2027-02-01 to 2027-03-01");
    EXPECT_EQ(Next(agreement, "2027-02-15"), "2027-03-01: 30.00 for 2027-03-01 to 2027-04-01");
}

TEST_F(NextChargeTest, AllUnitsAndWhatElseFallsDueThatDay) {
    EXPECT_EQ(Next(Begun("basic", "2027-01-01", 7), "2027-01-15"),
              "2027-02-01: 210.00 for 2027-02-01 to 2027-03-01");
    EXPECT_EQ(Next(Begun("set_up", "2027-01-01", 2), "2027-01-05"),
              "2027-01-15: 70.00 for 2027-01-15 to 2027-02-15");
    EXPECT_EQ(Next(Begun("metered", "2027-01-01"), "2027-01-05"),
              "2027-02-01: 30.00 for 2027-01-01 to 2027-02-01 and usage");
}

TEST_F(NextChargeTest, NothingAfterTheEnd) {
    Agreement agreement = Begun("basic", "2027-01-01");
    agreement.ends_at = At("2027-02-01");
    EXPECT_EQ(Next(agreement, "2027-01-15"), "nothing");
    agreement.ends_at = At("2027-02-15");
    EXPECT_EQ(Next(agreement, "2027-01-15"), "2027-02-01: 15.00 for 2027-02-01 to 2027-02-15");
    EXPECT_EQ(Next(Begun("term", "2027-01-01"), "2027-02-01"), "nothing");
}

TEST_F(NextChargeTest, APauseChargesNothingUntilItIsOver) {
    Agreement agreement = Begun("basic", "2027-01-01");
    agreement.pauses = {{At("2027-01-20"), std::nullopt}};
    EXPECT_EQ(Next(agreement, "2027-01-25"), "nothing");
    agreement.pauses = {{At("2027-01-20"), At("2027-02-10")}};
    EXPECT_EQ(Next(agreement, "2027-01-25"), "2027-02-10: 20.36 for 2027-02-10 to 2027-03-01");
}

TEST_F(NextChargeTest, WhatIsUsedIsChargedAlsoInAPause) {
    Agreement agreement = Begun("metered", "2027-01-01");
    agreement.pauses = {{At("2027-01-20"), std::nullopt}};
    EXPECT_EQ(Next(agreement, "2027-02-10"),
              "2027-03-01: 0.00 for 2027-02-01 to 2027-03-01 usage alone");
}

TEST_F(NextChargeTest, AChangeThatLiesAheadIsInIt) {
    const Agreement agreement = *ChangePlan(
        Begun("basic", "2027-01-01"), shop_,
        {"pro", std::nullopt, At("2027-01-10"), billing::ChangeRule::Timing::kEndOfTerm});
    EXPECT_EQ(Next(agreement, "2027-01-15"), "2027-02-01: 60.00 for 2027-02-01 to 2027-03-01");
}

}  // namespace
}  // namespace livery::subscriptions
