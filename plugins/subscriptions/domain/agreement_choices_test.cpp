#include "domain/agreement_choices.h"

#include <gtest/gtest.h>

namespace livery::subscriptions {
namespace {

using billing::ChangeRule;
using billing::Phase;
using billing::PhaseKind;

const Currency kEuro = *Currency::Parse("EUR");
const Currency kPound = *Currency::Parse("GBP");

CivilTime At(const char* iso) { return *ParseCivilTime(iso); }

class Choices : public testing::Test {
 protected:
    Choices() {
        shop_.products["net"] = {"net", "Net", "standard", {}};
        shop_.products["tv"] = {"tv", "TV", "standard", {}};
        shop_.products["extra"] = {"extra", "Extra", "standard", {"net"}};
        shop_.products["film"] = {"film", "Film", "standard", {"tv"}};
        Sell("basic", "net", kEuro, 1000);
        Sell("pro", "net", kEuro, 3000);
        Sell("small", "net", kEuro, 500);
        Sell("pounds", "net", kPound, 3000);
        Sell("staff", "net", kEuro, 100).account_classes = {"employee"};
        Sell("secret", "net", kEuro, 4000).listed = false;
        Sell("series", "tv", kEuro, 1000);
        Sell("more", "extra", kEuro, 300);
        Sell("cinema", "film", kEuro, 300);
    }
    billing::Plan& Sell(const char* id, const char* product, Currency currency,
                        std::int64_t cents) {
        billing::PlanVersion version;
        version.phases.push_back(
            {PhaseKind::kEvergreen, std::nullopt, {{currency, Decimal(cents, 2)}}, {}, {}});
        return shop_.plans[id] = {id, product, id, {version}, {}, {}, {}};
    }
    Agreement Begun(const char* plan, const Agreement* base = nullptr) const {
        return *Begin(shop_, {SubscriptionId(), AccountId(), kEuro, "", "", plan, Decimal(1),
                              At("2027-01-01"), 0, std::nullopt, base});
    }
    AgreementChoices Of(const Agreement& agreement, const char* now = "2027-01-10T12:00:00",
                        const char* account_class = "") const {
        return ChoicesOf(agreement, shop_, {account_class, 0}, At(now));
    }
    static std::string Ids(const std::vector<Offer>& offers) {
        std::string ids;
        for (const Offer& offer : offers) ids += offer.plan->id + " ";
        return ids;
    }
    static std::string Flags(const AgreementChoices& may) {
        std::string flags;
        if (may.may_change_quantity) flags += "quantity ";
        if (may.may_change_quantity_at_term_end) flags += "quantity-later ";
        if (may.may_withdraw_change) flags += "keep-plan ";
        if (may.billing_day_moves_at) flags += "billing-day ";
        if (may.may_pause) flags += "pause ";
        if (may.may_resume) flags += "resume ";
        if (may.may_cancel) flags += "cancel ";
        if (may.may_withdraw_cancel) flags += "keep ";
        return flags;
    }
    billing::Catalog shop_;
};

TEST_F(Choices, PlansOfTheProductThatTheAccountMayHaveInItsCurrency) {
    EXPECT_EQ(Ids(Of(Begun("basic")).plans), "pro small ");
    EXPECT_EQ(Ids(Of(Begun("basic"), "2027-01-10", "employee").plans), "pro small staff ");
}

TEST_F(Choices, ADearerPlanHoldsAtOnceAndACheaperOneAtTheEndOfTheTerm) {
    const auto plans = Of(Begun("basic")).plans;
    EXPECT_TRUE(plans[0].is_immediate);
    EXPECT_EQ(ToIso(plans[0].effective_at), "2027-01-10T12:00:00");
    EXPECT_EQ(plans[0].pricing.unit_price, Decimal(30));
    EXPECT_FALSE(plans[1].is_immediate);
    EXPECT_EQ(ToIso(plans[1].effective_at), "2027-02-01");
}

TEST_F(Choices, WhereTheDayOfAChangeIsTheOldPlansTheNewOneHoldsFromTheNextDay) {
    shop_.policies.day_of_change = billing::Policies::DayOfChange::kOld;
    const auto plans = Of(Begun("basic")).plans;
    EXPECT_FALSE(plans[0].is_immediate);
    EXPECT_EQ(ToIso(plans[0].effective_at), "2027-01-11");
}

// Asked for before a new price list, for a day after it: the price is today's, and so is the
// length of the periods that it is for.
TEST_F(Choices, APlanIsOfferedWithPriceAndFrequencyOfOneVersion) {
    billing::PlanVersion later = shop_.plans["small"].versions.front();
    later.effective_from = DayOf(At("2027-01-20"));
    later.frequency = *Length::Parse("year");
    later.phases.front().recurring = {{kEuro, Decimal(99900, 2)}};
    const billing::Price today = shop_.plans["small"].versions.front().phases.front().recurring;
    shop_.plans["small"].versions.push_back(later);
    const Offer offer = Of(Begun("basic")).plans[1];
    EXPECT_EQ(ToIso(offer.effective_at), "2027-02-01");
    EXPECT_EQ(offer.frequency, *Length::Parse("month"));
    EXPECT_EQ(offer.pricing.unit_price, today.at(kEuro));
}

TEST_F(Choices, ABillingDayMovesWithThePlanThatComesBefore) {
    const CivilTime now = At("2027-01-10");
    const Agreement changing = *ChangePlan(
        Begun("basic"), shop_, {"pro", std::nullopt, now, std::nullopt, "", At("2027-01-20")});
    EXPECT_EQ(ToIso(*Of(changing).billing_day_moves_at), "2027-01-20");
}

TEST_F(Choices, AddonsThatFitTheProduct) {
    EXPECT_EQ(Ids(Of(Begun("basic")).addons), "more ");
    EXPECT_EQ(Ids(Of(Begun("series")).addons), "cinema ");
    const Agreement base = Begun("basic");
    EXPECT_EQ(Ids(Of(Begun("more", &base)).addons), "");
}

TEST_F(Choices, WhatIsPossibleIsWhatTheTransitionsTake) {
    const Agreement active = Begun("basic");
    const CivilTime now = At("2027-01-10");
    EXPECT_EQ(Flags(Of(active)), "quantity quantity-later billing-day pause cancel ");
    const Agreement paused = *PauseFrom(active, shop_, {now, std::nullopt}, now);
    EXPECT_EQ(Flags(Of(paused)), "billing-day resume cancel ");
    EXPECT_EQ(Ids(Of(paused).plans), "");
    const Agreement leaving =
        *Cancel(active, shop_, {Ending::When::kEndOfTerm, std::nullopt, "", now});
    EXPECT_EQ(Flags(Of(leaving)), "quantity pause keep ");
    EXPECT_EQ(Flags(Of(leaving, "2027-03-01")), "");
    const Agreement changing = *ChangePlan(active, shop_, {"small", std::nullopt, now, {}});
    EXPECT_EQ(Flags(Of(changing)), "quantity quantity-later keep-plan billing-day pause cancel ");
    EXPECT_EQ(Flags(Of(Begun("more", &active))), "quantity quantity-later billing-day cancel ");
}

TEST_F(Choices, NoQuantityWaitsForTheEndOfAFixedTermThatPassesThen) {
    Phase& phase = shop_.plans["basic"].versions.front().phases.front();
    phase.kind = PhaseKind::kFixedTerm;
    phase.length = Length::Parse("2 months");
    const Agreement fixed = Begun("basic");
    EXPECT_TRUE(Of(fixed, "2027-01-10").may_change_quantity_at_term_end);
    const AgreementChoices last = Of(fixed, "2027-02-10");
    EXPECT_TRUE(last.may_change_quantity);
    EXPECT_FALSE(last.may_change_quantity_at_term_end) << "it would never come";
}

TEST_F(Choices, AnotherBillingDayHoldsFromTheEndOfThePeriod) {
    EXPECT_EQ(ToIso(*Of(Begun("basic")).billing_day_moves_at), "2027-02-01");
}

TEST_F(Choices, APlanIsPaidForByPeriodByUsageOnceOrNotAtAll) {
    using By = billing::Pricing::By;
    const auto by = [&] { return PricingAt(Begun("basic"), shop_, At("2027-01-02")).by; };
    Phase& phase = shop_.plans["basic"].versions.front().phases.front();
    phase.usage.push_back({"calls", "Calls", {{kEuro, Decimal(10, 2)}}});
    EXPECT_EQ(by(), By::kPeriod);
    phase.recurring.clear();
    phase.one_time = {{kEuro, Decimal(500, 2)}};
    EXPECT_EQ(by(), By::kUsage);
    phase.usage.clear();
    EXPECT_EQ(by(), By::kOnce);
    EXPECT_EQ(PricingAt(Begun("basic"), shop_, At("2027-01-02")).unit_price, Decimal(500, 2));
    phase.length = Length::Parse("2 months");
    EXPECT_EQ(PricingAt(Begun("basic"), shop_, At("2027-03-01")).by, By::kNothing) << "it is over";
}

TEST_F(Choices, ATrialsPriceIsWhatComesAfterIt) {
    auto& phases = shop_.plans["pro"].versions.front().phases;
    phases.insert(phases.begin(), Phase{PhaseKind::kTrial, Length::Parse("14 days"), {}, {}, {}});
    EXPECT_EQ(PricingAt(Begun("pro"), shop_, At("2027-01-02")).unit_price, Decimal(30));
}

}  // namespace
}  // namespace livery::subscriptions
