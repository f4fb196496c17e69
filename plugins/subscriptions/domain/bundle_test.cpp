#include "domain/bundle.h"

#include <gtest/gtest.h>

#include "domain/agreement_changes.h"

namespace livery::subscriptions {
namespace {

using billing::BillingAlignment;
using billing::ChangeRule;
using billing::PhaseKind;

const Currency kEuro = *Currency::Parse("EUR");

CivilTime At(const char* iso) { return *ParseCivilTime(iso); }

class Bundle : public testing::Test {
 protected:
    Bundle() {
        shop_.products["net"] = {"net", "Net", "standard", {}};
        shop_.products["tv"] = {"tv", "TV", "standard", {}};
        shop_.products["extra"] = {"extra", "Extra", "standard", {"net"}};
        Sell("basic", "net");
        Sell("film", "tv");
        Sell("term", "net");
        shop_.plans["term"].versions.front().phases.front().length = Length::Parse("2 months");
        Sell("own", "extra");
        Sell("with", "extra");
        shop_.plans["with"].billing_alignment = BillingAlignment::kBundle;
        Sell("yearly", "extra");
        shop_.plans["yearly"].billing_alignment = BillingAlignment::kBundle;
        shop_.plans["yearly"].versions.front().frequency = *Length::Parse("year");
        ChangeRule& rule = shop_.changes.emplace_back();
        rule.from = "net", rule.to = "tv", rule.timing = ChangeRule::Timing::kEndOfTerm;
    }
    void Sell(const char* id, const char* product) {
        billing::PlanVersion version;
        const billing::Price price{{kEuro, Decimal(1000, 2)}};
        version.phases.push_back({PhaseKind::kEvergreen, std::nullopt, price, {}, {}});
        shop_.plans[id] = {id, product, id, {version}, {}, {}, {}};
    }
    Agreement Begun(const char* plan, const Agreement* base = nullptr,
                    const char* at = "2027-01-01") const {
        return *Begin(shop_, {SubscriptionId(), AccountId(), kEuro, "", "", plan, Decimal(1),
                              At(at), 0, std::nullopt, base});
    }
    Agreement Cancelled(const Agreement& agreement, const char* on) const {
        return *Cancel(agreement, shop_,
                       {Ending::When::kOn, At(on), "moving", agreement.started_at});
    }
    // "cancelling until 2027-02-10, base_ended"
    std::string Seen(const Agreement& addon, const Agreement& base,
                     const char* at = "2027-01-02") const {
        const Agreement followed = FollowBase(addon, base, shop_);
        const AgreementView view(followed, shop_);
        std::string text(ToString(view.StateAt(At(at))));
        if (const auto end = view.EndsAt()) text += " until " + ToIso(*end);
        if (!view.EndReason().empty()) text += ", " + std::string(view.EndReason());
        return text;
    }
    billing::Catalog shop_;
};

TEST_F(Bundle, AnAddonEndsWithItsBaseWheneverThatIs) {
    const Agreement base = Begun("basic");
    const Agreement addon = Begun("own", &base);
    EXPECT_EQ(Seen(addon, base), "active");
    EXPECT_EQ(Seen(addon, Cancelled(base, "2027-02-10")),
              "cancelling until 2027-02-10, base_ended");
    EXPECT_EQ(Seen(addon, Cancelled(base, "2027-02-10"), "2027-02-10"),
              "cancelled until 2027-02-10, base_ended");
}

TEST_F(Bundle, TheTermOfTheBaseIsAnEndThatNobodyDecided) {
    const Agreement base = Begun("term");
    const Agreement addon = Begun("own", &base);
    EXPECT_EQ(Seen(addon, base), "active until 2027-03-01, base_ended");
    EXPECT_EQ(Seen(addon, base, "2027-03-01"), "expired until 2027-03-01, base_ended");
    const auto kept = WithdrawCancel(FollowBase(addon, base, shop_), shop_, At("2027-01-02"));
    EXPECT_EQ(kept.error().message, "error.not_cancelled");
}

TEST_F(Bundle, TheEarlierOfTwoEndsHolds) {
    const Agreement base = Begun("basic");
    const Agreement addon = Cancelled(Begun("own", &base), "2027-02-10");
    EXPECT_EQ(Seen(addon, base), "cancelling until 2027-02-10, moving");
    EXPECT_EQ(Seen(addon, Cancelled(base, "2027-02-05")),
              "cancelling until 2027-02-05, base_ended");
    EXPECT_EQ(Seen(addon, Cancelled(base, "2027-02-15")), "cancelling until 2027-02-10, moving");
}

TEST_F(Bundle, ABaseThatChangesToAnotherProductEndsIt) {
    const Agreement base = Begun("basic");
    const Agreement addon = Begun("own", &base);
    const Agreement leaving =
        *ChangePlan(base, shop_, {"film", std::nullopt, At("2027-01-10"), std::nullopt});
    EXPECT_EQ(Seen(addon, leaving), "cancelling until 2027-02-01, base_ended");
    EXPECT_EQ(Seen(addon, *WithdrawChange(leaving, shop_, At("2027-01-20"))), "active");
    // The end comes before the change does.
    EXPECT_EQ(Seen(addon, Cancelled(leaving, "2027-01-15")),
              "cancelling until 2027-01-15, base_ended");
}

TEST_F(Bundle, ABaseThatChangesAtTheMomentOfTheBeginningEndsItAtOnce) {
    const Agreement base = Begun("basic");
    const Agreement addon = Begun("own", &base);
    shop_.changes.front().timing = ChangeRule::Timing::kImmediate;
    const Agreement left =
        *ChangePlan(base, shop_, {"film", std::nullopt, At("2027-01-01"), std::nullopt});
    EXPECT_EQ(Seen(addon, left), "cancelled until 2027-01-01, base_ended");
}

TEST_F(Bundle, ACatalogThatNoLongerAllowsThePairEndsNone) {
    const Agreement base = Begun("basic");
    const Agreement addon = Begun("own", &base);
    const Agreement more = *ChangeQuantity(base, shop_, {Decimal(2), At("2027-01-10")});
    shop_.products["extra"].addon_to = {"tv"};
    EXPECT_EQ(Seen(addon, more), "active");
}

TEST_F(Bundle, WhatHasNotBegunEndsAsItWouldHaveBegun) {
    const Agreement base = Begun("basic");
    const Agreement addon = Begun("own", &base, "2027-02-01");
    EXPECT_EQ(Seen(addon, Cancelled(base, "2027-01-10")), "pending until 2027-02-01, base_ended");
}

TEST_F(Bundle, WhatHasNotBegunEndsWhenItsBaseChangesToWhatItIsNotFor) {
    const Agreement base = Begun("basic");
    const Agreement addon = Begun("own", &base, "2027-02-01");
    shop_.changes.front().timing = ChangeRule::Timing::kImmediate;
    const auto change = [&](const Agreement& from, const char* plan, const char* at) {
        return *ChangePlan(from, shop_, {plan, std::nullopt, At(at), std::nullopt});
    };
    const Agreement left = change(base, "film", "2027-01-10");
    EXPECT_EQ(Seen(addon, left, "2027-01-11"), "pending until 2027-02-01, base_ended");
    EXPECT_EQ(Seen(addon, left, "2027-02-01"), "cancelled until 2027-02-01, base_ended");
    const Agreement two = *ChangeQuantity(left, shop_, {Decimal(2), At("2027-01-15")});
    EXPECT_EQ(Seen(addon, two, "2027-01-16"), "pending until 2027-02-01, base_ended");
    // When it has changed back by then, it begins.
    ChangeRule& back = shop_.changes.emplace_back();
    back.from = "tv", back.to = "net";
    const Agreement again = change(left, "basic", "2027-01-20");
    EXPECT_EQ(Seen(addon, again, "2027-01-21"), "pending");
    EXPECT_EQ(Seen(addon, again, "2027-02-01"), "active");
}

TEST_F(Bundle, ABaseThatHadChangedBeforeTheAddonWasBoughtEndsNothing) {
    shop_.products["extra"].versions.push_back({*ParseDate("2027-03-01"), {"tv"}});
    shop_.changes.front().timing = ChangeRule::Timing::kImmediate;
    const Agreement base =
        *ChangePlan(Begun("basic"), shop_, {"film", std::nullopt, At("2027-02-01"), std::nullopt});
    const Agreement addon = Begun("own", &base, "2027-03-10");
    EXPECT_EQ(Seen(addon, base, "2027-03-11"), "active");
}

TEST_F(Bundle, AnAddonMayBeAddedToWhatItIsForOnThatDay) {
    shop_.products["extra"].versions.push_back({*ParseDate("2027-03-01"), {"tv"}});
    const Agreement base = Begun("basic");
    const auto begins = [&](const char* at) {
        return Begin(shop_, {SubscriptionId(), AccountId(), kEuro, "", "", "own", Decimal(1),
                             At(at), 0, std::nullopt, &base})
            .has_value();
    };
    EXPECT_TRUE(begins("2027-02-28"));
    EXPECT_FALSE(begins("2027-03-01"));
    // Who has both keeps them.
    EXPECT_EQ(Seen(Begun("own", &base, "2027-02-28"), base, "2027-03-02"), "active");
}

TEST_F(Bundle, AnAddonThatChangesToAnAlignedPlanHasItsBasesPeriodsFromThenOn) {
    const Agreement base = Begun("basic");
    Agreement addon = Begun("own", &base, "2027-01-10");
    addon = *MoveBillingDay(addon, shop_, 20, At("2027-01-12"));
    const Agreement joined = *ChangePlan(
        addon, shop_, {"with", std::nullopt, At("2027-01-25"), ChangeRule::Timing::kImmediate});
    const auto period = [&](const Agreement& of, const Agreement& with, const char* time) {
        const Agreement followed = FollowBase(of, with, shop_);
        return ToIso(AgreementView(followed, shop_).GridAt(At(time)).Enclosing(At(time)).from);
    };
    EXPECT_EQ(period(joined, base, "2027-01-24"), "2027-01-10");
    EXPECT_EQ(period(joined, base, "2027-01-25"), "2027-01-01");
    // The day of its own that waited does not come.
    EXPECT_EQ(period(joined, base, "2027-03-25"), "2027-03-01");
    // It moves with its base from then on, not with what the base had done before.
    const Agreement moved = *MoveBillingDay(base, shop_, 15, At("2027-02-10"));
    EXPECT_EQ(period(joined, moved, "2027-02-25"), "2027-02-01");
    EXPECT_EQ(period(joined, moved, "2027-03-25"), "2027-03-15");
    EXPECT_EQ(period(addon, moved, "2027-03-25"), "2027-03-20");
    // And keeps those periods when it leaves.
    const Agreement left =
        *ChangePlan(FollowBase(joined, moved, shop_), shop_,
                    {"own", std::nullopt, At("2027-04-20"), ChangeRule::Timing::kImmediate});
    EXPECT_EQ(period(left, moved, "2027-05-25"), "2027-05-15");
    const Agreement later =
        *MoveBillingDay(FollowBase(left, moved, shop_), shop_, 3, At("2027-04-21"));
    EXPECT_EQ(period(later, moved, "2027-06-10"), "2027-06-03");
}

TEST_F(Bundle, AnAddonHasItsBasesPeriodsByTheVersionThatItWasSoldIn) {
    billing::PlanVersion aligned = shop_.plans["own"].versions.front();
    aligned.effective_from = *ParseDate("2027-02-01");
    aligned.alignment = BillingAlignment::kBundle;
    shop_.plans["own"].versions.push_back(aligned);
    const Agreement base = Begun("basic");
    const Agreement moved = *MoveBillingDay(base, shop_, 15, At("2027-01-10"));
    const auto period = [&](const Agreement& addon) {
        const Agreement followed = FollowBase(addon, moved, shop_);
        const CivilTime time = At("2027-04-20");
        return ToIso(AgreementView(followed, shop_).GridAt(time).Enclosing(time).from);
    };
    EXPECT_EQ(period(Begun("own", &base, "2027-01-05")), "2027-04-05");
    EXPECT_EQ(period(Begun("own", &moved, "2027-02-05")), "2027-04-15");
}

TEST_F(Bundle, TheBillingDayOfTheBaseIsThatOfItsAlignedAddons) {
    const Agreement base = Begun("basic");
    const Agreement moved = *MoveBillingDay(base, shop_, 15, At("2027-01-10"));
    const auto period = [&](const char* plan, const char* time) {
        const Agreement addon = FollowBase(Begun(plan, &base), moved, shop_);
        return ToIso(AgreementView(addon, shop_).GridAt(At(time)).Enclosing(At(time)).from);
    };
    EXPECT_EQ(period("with", "2027-01-20"), "2027-01-01");
    EXPECT_EQ(period("with", "2027-02-20"), "2027-02-15");
    EXPECT_EQ(period("own", "2027-02-20"), "2027-02-01");
    // From the end of its own period.
    EXPECT_EQ(period("yearly", "2027-12-31"), "2027-01-01");
    EXPECT_EQ(period("yearly", "2028-02-20"), "2028-01-15");
}

TEST_F(Bundle, AllAreFoundWithTheirBases) {
    Agreement base = Begun("basic");
    base.id = SubscriptionId(MakeUuidV7(1, {}));
    Agreement addon = Begun("own", &base);
    addon.id = SubscriptionId(MakeUuidV7(2, {}));
    addon.from_base.reset();
    const auto all = WithBases({addon, Cancelled(base, "2027-01-10")}, shop_);
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(AgreementView(all[0], shop_).EndsAt(), At("2027-01-10"));
}

}  // namespace
}  // namespace livery::subscriptions
