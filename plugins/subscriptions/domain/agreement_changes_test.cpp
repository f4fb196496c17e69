#include "domain/agreement_changes.h"

#include <gtest/gtest.h>

namespace livery::subscriptions {
namespace {

using billing::ChangeRule;
using billing::Phase;
using billing::PhaseKind;

const Currency kEuro = *Currency::Parse("EUR");

CivilTime At(const char* iso) { return *ParseCivilTime(iso); }

billing::Price Euro(std::int64_t cents) { return {{kEuro, Decimal(cents, 2)}}; }

void Sell(billing::Catalog& catalog, const char* id, const char* product, std::int64_t cents) {
    billing::PlanVersion version;
    version.phases.push_back({PhaseKind::kEvergreen, std::nullopt, Euro(cents), {}, {}});
    catalog.plans[id] = {id, product, id, {version}, {}, {}, {}};
}

billing::Catalog Shop() {
    billing::Catalog catalog;
    catalog.products["net"] = {"net", "Net", "standard", {}};
    catalog.products["tv"] = {"tv", "TV", "standard", {}};
    catalog.products["extra"] = {"extra", "Extra", "standard", {"net"}};
    Sell(catalog, "basic", "net", 1000);
    Sell(catalog, "pro", "net", 3000);
    Sell(catalog, "film", "tv", 1000);
    Sell(catalog, "more", "extra", 300);
    Sell(catalog, "yearly", "net", 9000);
    catalog.plans["yearly"].versions.front().frequency = *Length::Parse("year");
    Sell(catalog, "trying", "net", 1000);
    auto& phases = catalog.plans["trying"].versions.front().phases;
    phases.insert(phases.begin(), Phase{PhaseKind::kTrial, Length::Parse("14 days"), {}, {}, {}});
    Sell(catalog, "term", "net", 1000);
    catalog.plans["term"].versions.front().phases.front().length = Length::Parse("2 months");
    Sell(catalog, "staff", "net", 100);
    catalog.plans["staff"].account_classes = {"employee"};
    return catalog;
}

class AgreementChanges : public testing::Test {
 protected:
    Beginning Wanted(const char* plan, const char* at = "2027-01-01") const {
        return {SubscriptionId(), AccountId(), kEuro, "",           "private", plan,
                Decimal(1),       At(at),      0,     std::nullopt, nullptr};
    }
    Agreement Begun(const char* plan, const char* at = "2027-01-01") const {
        return *Begin(shop_, Wanted(plan, at));
    }
    Result<Agreement> Changed(const Agreement& agreement, const char* to, const char* at) const {
        return ChangePlan(agreement, shop_, {to, std::nullopt, At(at), std::nullopt});
    }
    Result<Agreement> Cancelled(const Agreement& agreement, const char* on,
                                const char* now = "2027-01-01") const {
        return Cancel(agreement, shop_, {Ending::When::kOn, At(on), "moving", At(now)});
    }
    AgreementState StateOf(const Agreement& agreement, const char* at) const {
        return AgreementView(agreement, shop_).StateAt(At(at));
    }
    static std::string Why(const Result<Agreement>& result) {
        if (result) return "";
        return result.error().fields.empty() ? result.error().message
                                             : result.error().fields.front().message;
    }
    billing::Catalog shop_ = Shop();
};

// Of a term of a month at a discount and another, charged by the quarter.
TEST_F(AgreementChanges, TheEndOfTheTermIsNoLaterThanAFixedTermThatPassesInALaterPhase) {
    billing::PlanVersion& version = shop_.plans["term"].versions.front();
    version.frequency = *Length::Parse("quarter");
    version.phases.front().length = Length::Parse("month");
    version.phases.insert(version.phases.begin(),
                          Phase{PhaseKind::kDiscount, Length::Parse("month"), Euro(500), {}, {}});
    const Agreement term = Begun("term");
    EXPECT_EQ(ToIso(AgreementView(term, shop_).TermEnd(At("2027-01-10"))), "2027-03-01");
}

TEST_F(AgreementChanges, BeginIsRefusedWithTheReason) {
    EXPECT_EQ(Why(Begin(shop_, Wanted("none"))), "error.no_such_plan");
    EXPECT_EQ(Why(Begin(shop_, Wanted("staff"))), "error.not_for_this_account");
    EXPECT_EQ(Why(Begin(shop_, Wanted("more"))), "error.base_needed");
    Beginning wanted = Wanted("basic");
    for (const Decimal quantity : {Decimal(0), Decimal(-1), Decimal(100'001)}) {
        wanted.quantity = quantity;
        EXPECT_EQ(Why(Begin(shop_, wanted)), "error.quantity");
    }
    wanted = Wanted("basic");
    wanted.currency = *Currency::Parse("USD");
    EXPECT_EQ(Why(Begin(shop_, wanted)), "error.not_in_this_currency");
}

TEST_F(AgreementChanges, AnAddonNeedsARunningBaseThatItFits) {
    const Agreement net = Begun("basic");
    const Agreement tv = Begun("film");
    Beginning wanted = Wanted("more");
    wanted.base = &tv;
    EXPECT_EQ(Why(Begin(shop_, wanted)), "error.addon_does_not_fit");
    wanted.plan = "basic";
    EXPECT_EQ(Why(Begin(shop_, wanted)), "error.no_addon");
    const Agreement over = *Cancelled(net, "2027-01-01");
    wanted = Wanted("more");
    wanted.base = &over;
    EXPECT_EQ(Why(Begin(shop_, wanted)), "error.base_not_active");
    wanted.base = &net;
    EXPECT_EQ(Why(Begin(shop_, wanted)), "");
}

TEST_F(AgreementChanges, TheStateFollowsWhatWasAgreed) {
    EXPECT_EQ(StateOf(Begun("basic", "2027-02-01"), "2027-01-31"), AgreementState::kPending);
    EXPECT_EQ(StateOf(Begun("trying"), "2027-01-14"), AgreementState::kTrial);
    EXPECT_EQ(StateOf(Begun("trying"), "2027-01-15"), AgreementState::kActive);
    EXPECT_EQ(StateOf(Begun("term"), "2027-02-28"), AgreementState::kActive);
    EXPECT_EQ(StateOf(Begun("term"), "2027-03-01"), AgreementState::kExpired);
    const Agreement ending = *Cancelled(Begun("basic"), "2027-02-10");
    EXPECT_EQ(StateOf(ending, "2027-02-09"), AgreementState::kCancelling);
    EXPECT_EQ(StateOf(ending, "2027-02-10"), AgreementState::kCancelled);
}

TEST_F(AgreementChanges, ChangesOfPlanAreRefusedWithTheReason) {
    const Agreement basic = Begun("basic");
    EXPECT_EQ(Why(Changed(basic, "none", "2027-01-10")), "error.no_such_plan");
    EXPECT_EQ(Why(Changed(basic, "basic", "2027-01-10")), "error.change_not_allowed");
    EXPECT_EQ(Why(Changed(basic, "film", "2027-01-10")), "error.change_not_allowed");
    EXPECT_EQ(Why(Changed(basic, "more", "2027-01-10")), "error.change_not_allowed");
    EXPECT_EQ(Why(Changed(basic, "pro", "2026-12-31")), "error.date_before_start");
    EXPECT_EQ(Why(Changed(*Cancelled(basic, "2027-01-05"), "pro", "2027-01-05")),
              "error.subscription_over");
    EXPECT_EQ(Why(Changed(Begun("term"), "pro", "2027-03-01")), "error.subscription_over");
    const Agreement ending = *Cancelled(Begun("pro"), "2027-01-20");
    EXPECT_EQ(Why(Changed(ending, "basic", "2027-01-10")), "error.subscription_ending");
}

TEST_F(AgreementChanges, AChangeOfPlanMayWaitForADay) {
    PlanChange change{"basic", std::nullopt, At("2027-01-10"), std::nullopt};
    const auto on = [&](const char* day) {
        change.on = At(day);
        return ChangePlan(Begun("pro"), shop_, change);
    };
    // A cheaper plan, which the rules would begin at the end of the term.
    EXPECT_EQ(on("2027-01-20")->choices.back().from, At("2027-01-20"));
    EXPECT_EQ(on("2027-01-10")->choices.back().from, At("2027-01-10"));
    EXPECT_EQ(Why(on("2027-01-09")), "error.date_past");
    shop_.policies.day_of_change = billing::Policies::DayOfChange::kOld;
    EXPECT_EQ(on("2027-01-20")->choices.back().from, At("2027-01-21"));
}

TEST_F(AgreementChanges, WithoutProrationThePriceStaysUntilThePeriodIsOver) {
    PlanChange change{"pro", Decimal(3), At("2027-01-10"), std::nullopt};
    change.prorated = false;
    const Agreement changed = *ChangePlan(Begun("basic"), shop_, change);
    const AgreementView view(changed, shop_);
    EXPECT_EQ(view.ChoiceAt(At("2027-01-10")).plan, "pro");
    EXPECT_EQ(view.PricedAt(At("2027-01-31")).plan, "basic");
    EXPECT_EQ(view.PricedAt(At("2027-01-31")).quantity, Decimal(1));
    EXPECT_EQ(view.PricedAt(At("2027-02-01")).plan, "pro");
    EXPECT_EQ(view.TermEnd(At("2027-01-20")), At("2027-02-01"));
    // Seats that come in between are of the old price.
    const Agreement more = *ChangeQuantity(changed, shop_, {Decimal(5), At("2027-01-20")});
    const AgreementView then(more, shop_);
    EXPECT_EQ(then.PricedAt(At("2027-01-20")).plan, "basic");
    EXPECT_EQ(then.PricedAt(At("2027-01-20")).quantity, Decimal(5));
    EXPECT_EQ(then.PricedAt(At("2027-02-01")).quantity, Decimal(5));
}

// Nothing is stored of it but what is here.
TEST_F(AgreementChanges, APriceThatStaysIsWorkedOutAnewFromTheDayOnWhichItWasAskedFor) {
    Agreement waits = Begun("basic");
    waits.choices.push_back({At("2027-02-16"), "pro", DayOf(At("2027-01-02")), Decimal(1),
                             At("2027-01-01"),
                             PriceUntil{At("2027-03-01"), At("2027-01-01"), "basic",
                                        DayOf(At("2027-01-01")), Decimal(1), At("2027-01-01")}});
    const Agreement moved = *MoveBillingDay(waits, shop_, 10, At("2027-01-03"));
    EXPECT_EQ(moved.choices.back().price_until->until, At("2027-03-10"));
    // Of a change that was asked for on its day the price stays for its whole period.
    Agreement at_once = Begun("basic");
    at_once.choices.push_back(waits.choices.back());
    at_once.choices.back().from = At("2027-02-01T12:00:00");
    at_once.choices.back().catalog_day = DayOf(At("2027-02-01"));
    const Agreement later = *MoveBillingDay(at_once, shop_, 10, At("2027-02-03"));
    EXPECT_EQ(later.choices.back().price_until->until, At("2027-03-01"));
}

TEST_F(AgreementChanges, UpgradesAreNowAndDowngradesAtTheEndOfTheTerm) {
    EXPECT_EQ(Changed(Begun("basic"), "pro", "2027-01-10")->choices.back().from, At("2027-01-10"));
    EXPECT_EQ(Changed(Begun("pro"), "basic", "2027-01-10")->choices.back().from, At("2027-02-01"));
    shop_.policies.day_of_change = billing::Policies::DayOfChange::kOld;
    EXPECT_EQ(Changed(Begun("basic"), "pro", "2027-01-10")->choices.back().from, At("2027-01-11"));
}

TEST_F(AgreementChanges, AQuantityChangesWhileItRuns) {
    const Agreement basic = Begun("basic");
    const auto more = ChangeQuantity(basic, shop_, {Decimal(3), At("2027-01-10")});
    ASSERT_TRUE(more);
    EXPECT_EQ(more->choices.back().quantity, Decimal(3));
    EXPECT_EQ(Why(ChangeQuantity(basic, shop_, {Decimal(1), At("2027-01-10")})),
              "error.nothing_changes");
    EXPECT_EQ(Why(ChangeQuantity(basic, shop_, {Decimal(0), At("2027-01-10")})), "error.quantity");
}

TEST_F(AgreementChanges, WhatIsPendingCanBeWithdrawn) {
    const Agreement down = *Changed(Begun("pro"), "basic", "2027-01-10");
    EXPECT_EQ(WithdrawChange(down, shop_, At("2027-01-20")), Begun("pro"));
    EXPECT_EQ(Why(WithdrawChange(down, shop_, At("2027-02-01"))), "error.nothing_pending");
    // What it begins with is no change.
    EXPECT_EQ(Why(WithdrawChange(Begun("pro", "2027-02-01"), shop_, At("2027-01-20"))),
              "error.nothing_pending");
}

// A change that begins a new period, the next day.
class PendingRestart : public AgreementChanges {
 protected:
    PendingRestart() {
        shop_.policies.day_of_change = billing::Policies::DayOfChange::kOld;
        shop_.changes.push_back({"*", "yearly", ChangeRule::Timing::kImmediate,
                                 ChangeRule::Phases::kRestart, ChangeRule::Anchor::kRestart});
    }
    CivilTime PeriodAt(const Agreement& agreement, const char* at) const {
        return AgreementView(agreement, shop_).GridAt(At(at)).Enclosing(At(at)).from;
    }
};

TEST_F(PendingRestart, IsForgottenWithTheChangeThatIsWithdrawn) {
    const Agreement yearly = *Changed(Begun("basic"), "yearly", "2027-01-10");
    EXPECT_EQ(PeriodAt(yearly, "2027-02-20"), At("2027-01-11"));
    EXPECT_EQ(WithdrawChange(yearly, shop_, At("2027-01-10")), Begun("basic"));
}

TEST_F(PendingRestart, IsForgottenWhenAnotherChangeTakesItsPlace) {
    const Agreement yearly = *Changed(Begun("basic"), "yearly", "2027-01-10");
    const Agreement pro = *Changed(yearly, "pro", "2027-01-10");
    EXPECT_EQ(PeriodAt(pro, "2027-02-20"), At("2027-02-01"));
}

TEST_F(PendingRestart, IsNotReachedAfterACancellationAndBackWithoutIt) {
    const Agreement yearly = *Changed(Begun("basic"), "yearly", "2027-01-10");
    const Agreement cancelled = *Cancelled(yearly, "2027-01-11", "2027-01-10");
    EXPECT_EQ(AgreementView(cancelled, shop_).LastChoice().plan, "basic");
    for (const auto& stretch : TimelineOf(cancelled, shop_, {}, At("2027-03-01")).stretches)
        EXPECT_EQ(stretch.key.plan, "basic") << ToIso(stretch.from);
    EXPECT_EQ(WithdrawCancel(cancelled, shop_, At("2027-01-10")), yearly);
}

TEST_F(PendingRestart, IsKeptWhenOnlyTheQuantityChanges) {
    const Agreement yearly = *Changed(Begun("basic"), "yearly", "2027-01-10");
    const Agreement more = *ChangeQuantity(yearly, shop_, {Decimal(3), At("2027-01-10")});
    EXPECT_EQ(more.anchors, yearly.anchors);
    EXPECT_EQ(more.choices.back().plan, "yearly");
    EXPECT_EQ(more.choices.back().quantity, Decimal(3));
}

// PR-09: a new billing day comes at once with a change of plan; without it, in its own time.
TEST_F(PendingRestart, GivesANewBillingDayItsOwnTimeBack) {
    const Agreement moved = *MoveBillingDay(Begun("basic"), shop_, 15, At("2027-01-05"));
    const Agreement pro = *Changed(moved, "pro", "2027-01-10");
    EXPECT_NE(pro.anchors, moved.anchors) << "it comes sooner";
    EXPECT_EQ(WithdrawChange(pro, shop_, At("2027-01-10")), moved);
}

TEST_F(AgreementChanges, AWithdrawnChangeLeavesThePeriodsAsTheyWere) {
    shop_.changes.push_back({"pro", "basic", ChangeRule::Timing::kEndOfTerm,
                             ChangeRule::Phases::kKeepStart, ChangeRule::Anchor::kRestart});
    const Agreement moved = *MoveBillingDay(Begun("pro"), shop_, 15, At("2027-01-05"));
    const Agreement down = *Changed(moved, "basic", "2027-01-10");
    EXPECT_NE(down.anchors, moved.anchors);
    EXPECT_EQ(WithdrawChange(down, shop_, At("2027-01-20")), moved);
}

TEST_F(AgreementChanges, AWaitingChangeOutlivesACancellationThatIsTakenBack) {
    const Agreement down = *Changed(Begun("pro"), "basic", "2027-01-10");
    const Agreement ending = *Cancelled(down, "2027-01-20", "2027-01-15");
    EXPECT_EQ(AgreementView(ending, shop_).LastChoice().plan, "pro");
    EXPECT_EQ(AgreementView(ending, shop_).ChoiceAt(At("2027-03-01")).plan, "pro");
    EXPECT_EQ(Why(WithdrawChange(ending, shop_, At("2027-01-16"))), "error.nothing_pending");
    EXPECT_EQ(WithdrawCancel(ending, shop_, At("2027-01-16")), down);
}

TEST_F(AgreementChanges, APlanWhoseTermHasPassedEndsAsItBegins) {
    const Agreement late = *Changed(Begun("basic"), "term", "2027-05-10");
    EXPECT_EQ(AgreementView(late, shop_).EndsAt(), At("2027-05-10"));
}

TEST_F(AgreementChanges, WhatComesAfterATermHasPassedDoesNotBringItBack) {
    Agreement passing = Begun("term");
    Choice late = passing.choices.front();
    late.from = At("2027-04-01");
    late.plan = "basic";
    passing.choices.push_back(late);
    const AgreementView view(passing, shop_);
    EXPECT_EQ(view.EndsAt(), At("2027-03-01"));
    EXPECT_EQ(view.StateAt(At("2027-04-01")), AgreementState::kExpired);
    EXPECT_EQ(view.ChoiceAt(At("2027-04-01")).plan, "term");
    passing.choices.back().from = At("2027-03-01");
    EXPECT_EQ(view.EndsAt(), std::nullopt);
}

TEST_F(AgreementChanges, EndsWhenItIsCancelledFor) {
    const Agreement basic = Begun("basic");
    const auto end = [&](Ending::When when) {
        return *Cancel(basic, shop_, {when, At("2027-03-07"), "", At("2027-01-10T15:00:00")})
                    ->ends_at;
    };
    EXPECT_EQ(end(Ending::When::kNow), At("2027-01-10"));
    EXPECT_EQ(end(Ending::When::kEndOfTerm), At("2027-02-01"));
    EXPECT_EQ(end(Ending::When::kOn), At("2027-03-07"));
    shop_.policies.last_day = billing::Policies::LastDay::kBilled;
    EXPECT_EQ(end(Ending::When::kNow), At("2027-01-11"));
    EXPECT_EQ(end(Ending::When::kOn), At("2027-03-08"));
}

TEST_F(AgreementChanges, CancellingIsRefusedWithTheReason) {
    const Agreement basic = Begun("basic");
    EXPECT_EQ(Why(Cancelled(basic, "2026-12-31")), "error.date_before_start");
    EXPECT_EQ(Why(Cancelled(basic, "2027-01-09", "2027-01-10")), "error.date_past");
    EXPECT_TRUE(Cancelled(basic, "2029-01-10", "2027-01-10"));
    EXPECT_EQ(Why(Cancelled(basic, "2029-01-11", "2027-01-10")), "error.date_too_far");
    const Agreement over = *Cancelled(basic, "2027-01-05");
    EXPECT_EQ(Why(Cancelled(over, "2027-01-09", "2027-01-05")), "error.subscription_over");
    EXPECT_EQ(Why(WithdrawCancel(over, shop_, At("2027-01-05"))), "error.subscription_over");
    EXPECT_EQ(Why(WithdrawCancel(basic, shop_, At("2027-01-05"))), "error.not_cancelled");
    EXPECT_EQ(WithdrawCancel(over, shop_, At("2027-01-04")), basic);
}

TEST_F(AgreementChanges, PausesAndResumes) {
    const Agreement basic = Begun("basic");
    const Agreement paused =
        *PauseFrom(basic, shop_, {At("2027-01-10"), std::nullopt}, At("2027-01-10"));
    EXPECT_EQ(StateOf(paused, "2027-01-10"), AgreementState::kPaused);
    EXPECT_EQ(Why(Changed(paused, "pro", "2027-01-11")), "error.subscription_paused");
    const Agreement resumed = *Resume(paused, shop_, At("2027-01-20"));
    EXPECT_EQ(StateOf(resumed, "2027-01-19"), AgreementState::kPaused);
    EXPECT_EQ(StateOf(resumed, "2027-01-20"), AgreementState::kActive);
    // A pause of no time was none.
    EXPECT_EQ(Resume(paused, shop_, At("2027-01-10")), basic);
}

TEST_F(AgreementChanges, PausingIsRefusedWithTheReason) {
    const Agreement basic = Begun("basic");
    const auto refused = [&](Pause pause, const Agreement& of) {
        return Why(PauseFrom(of, shop_, pause, At("2027-01-10")));
    };
    EXPECT_EQ(refused({At("2027-01-09"), std::nullopt}, basic), "error.date_past");
    EXPECT_EQ(refused({At("2027-01-12"), At("2027-01-12")}, basic), "error.date_before_start");
    const Agreement paused =
        *PauseFrom(basic, shop_, {At("2027-01-15"), At("2027-01-20")}, At("2027-01-10"));
    EXPECT_EQ(refused({At("2027-01-12"), At("2027-01-16")}, paused), "error.subscription_paused");
    EXPECT_EQ(refused({At("2027-01-20"), std::nullopt}, paused), "");
    EXPECT_EQ(Why(Resume(basic, shop_, At("2027-01-10"))), "error.not_paused");
}

TEST_F(AgreementChanges, ANewBillingDayHoldsFromTheEndOfThePeriod) {
    const Agreement basic = Begun("basic");
    for (const int day : {0, 32})
        EXPECT_EQ(Why(MoveBillingDay(basic, shop_, day, At("2027-01-10"))), "error.billing_day");
    const Agreement moved = *MoveBillingDay(basic, shop_, 15, At("2027-01-10"));
    EXPECT_EQ(AgreementView(moved, shop_).GridAt(At("2027-02-20")).Enclosing(At("2027-02-20")).from,
              At("2027-02-15"));
    EXPECT_EQ(Why(MoveBillingDay(*Cancelled(basic, "2027-01-05"), shop_, 15, At("2027-01-05"))),
              "error.subscription_over");
}

TEST_F(AgreementChanges, ABillingDayIsMovedOnlyWhereThereIsOneOfItsOwn) {
    const CivilTime now = At("2027-01-10");
    const Agreement basic = Begun("basic");
    const auto why = [&](const Agreement& of, int day = 15) {
        return Why(MoveBillingDay(of, shop_, day, now));
    };
    EXPECT_EQ(why(basic, 1), "error.nothing_changes");
    const Agreement moved = *MoveBillingDay(basic, shop_, 15, now);
    EXPECT_EQ(why(moved), "error.nothing_changes");
    EXPECT_EQ(why(moved, 1), "") << "what lies ahead is taken back";
    EXPECT_EQ(why(*Cancelled(basic, "2027-02-01")), "error.subscription_ending");
    EXPECT_EQ(why(*Cancelled(basic, "2027-02-02")), "");
    shop_.plans["pro"].versions.front().frequency = *Length::Parse("2 weeks");
    EXPECT_EQ(why(Begun("pro")), "error.billing_day_fixed");
    shop_.plans["yearly"].billing_alignment = billing::BillingAlignment::kCalendar;
    EXPECT_EQ(why(Begun("yearly")), "error.billing_day_fixed");
    Phase& once = shop_.plans["staff"].versions.front().phases.front();
    std::swap(once.recurring, once.one_time);
    shop_.plans["staff"].account_classes.clear();
    EXPECT_EQ(why(Begun("staff")), "error.billing_day_fixed");
}

TEST_F(AgreementChanges, NothingIsChargedThatWouldBeginInAPause) {
    // Monthly until February, then yearly: the pause comes between.
    Agreement agreement =
        *ChangePlan(Begun("basic"), shop_,
                    {"yearly", std::nullopt, At("2027-01-05"), ChangeRule::Timing::kEndOfTerm});
    agreement = *PauseFrom(agreement, shop_, {At("2027-01-10"), std::nullopt}, At("2027-01-10"));
    for (const auto credit :
         {billing::Policies::PauseCredit::kNone, billing::Policies::PauseCredit::kPausedDays}) {
        shop_.policies.pause_credit = credit;
        for (const auto& stretch : TimelineOf(agreement, shop_, {}, At("2027-02-01")).stretches)
            EXPECT_EQ(stretch.key.plan, "basic") << ToIso(stretch.from);
    }
}

}  // namespace
}  // namespace livery::subscriptions
