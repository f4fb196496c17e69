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
