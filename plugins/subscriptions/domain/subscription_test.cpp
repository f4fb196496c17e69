#include "domain/subscription.h"

#include <gtest/gtest.h>

#include "domain/changes.h"

namespace livery::subscriptions {
namespace {

Date Day(const char* iso) { return *ParseDate(iso); }
Money Euro(std::int64_t cents) { return {cents, *Currency::Parse("EUR")}; }

// 14 days of trial from 17 January, then 20.00 a month for 3 seats.
Subscription Example() {
    Subscription subscription;
    subscription.state = State::kTrial;
    subscription.quantity = 3;
    subscription.started_on = Day("2026-01-17");
    subscription.phases = {{PhaseKind::kTrial, Day("2026-01-17"), Day("2026-01-31"), Euro(0)},
                           {PhaseKind::kEvergreen, Day("2026-01-31"), std::nullopt, Euro(2000)}};
    return subscription;
}

Subscription Row(std::uint8_t id, std::optional<std::uint8_t> base = std::nullopt) {
    const auto id_of = [](std::uint8_t last) {
        Uuid uuid{};
        uuid.bytes.back() = last;
        return SubscriptionId(uuid);
    };
    Subscription subscription;
    subscription.id = id_of(id);
    if (base) subscription.base = id_of(*base);
    return subscription;
}

TEST(PutBasesFirst, ABaseStandsBeforeItsAddOnsAndBundlesStayInOrder) {
    std::vector<Subscription> rows{Row(8, 9), Row(9), Row(10, 9), Row(4), Row(5, 4), Row(2, 1)};
    PutBasesFirst(rows);
    const std::vector<SubscriptionId> wanted{Row(9).id, Row(8).id, Row(10).id,
                                             Row(4).id, Row(5).id, Row(2).id};
    for (std::size_t i = 0; i < rows.size(); ++i) EXPECT_EQ(rows[i].id, wanted[i]) << i;
    std::vector<Subscription> none;
    PutBasesFirst(none);
}

TEST(NextCharge, TheFirstComesWhenTheTrialEnds) {
    const auto next = NextChargeOf(Example(), Day("2026-01-20"));
    ASSERT_TRUE(next);
    EXPECT_EQ(ToIso(next->on), "2026-01-31");
    EXPECT_EQ(next->amount, Euro(6000));
}

TEST(NextCharge, MonthEndsFollowTheAnchor) {
    Subscription subscription = Example();
    subscription.state = State::kActive;
    EXPECT_EQ(ToIso(NextChargeOf(subscription, Day("2026-01-31"))->on), "2026-02-28");
    EXPECT_EQ(ToIso(NextChargeOf(subscription, Day("2026-02-28"))->on), "2026-03-31");
}

TEST(NextCharge, UsesThePriceOfThePhaseThatThenRuns) {
    const auto changed = ChangePrice(Example(), Euro(2500), Day("2026-03-31"));
    ASSERT_TRUE(changed);
    EXPECT_EQ(NextChargeOf(*changed, Day("2026-01-31"))->amount, Euro(6000));
    EXPECT_EQ(NextChargeOf(*changed, Day("2026-02-28"))->amount, Euro(7500));
}

TEST(NextCharge, NothingIsDueWhenPausedOverOrEndingFirst) {
    Subscription subscription = Example();
    subscription.state = State::kPaused;
    EXPECT_FALSE(NextChargeOf(subscription, Day("2026-02-10")));
    subscription.state = State::kCancelled;
    EXPECT_FALSE(NextChargeOf(subscription, Day("2026-02-10")));
    subscription.state = State::kActive;
    subscription.ends_on = Day("2026-02-28");
    EXPECT_FALSE(NextChargeOf(subscription, Day("2026-02-10")));
}

TEST(ScheduleCancel, EndsWhenWhatWasChargedEnds) {
    Subscription subscription = Example();
    subscription.state = State::kActive;
    const auto cancelled = ScheduleCancel(subscription, Day("2026-03-10"));
    ASSERT_TRUE(cancelled);
    EXPECT_EQ(ToIso(*cancelled->ends_on), "2026-03-31");
    EXPECT_EQ(ShownStateOf(*cancelled), ShownState::kCancelling);
    EXPECT_FALSE(ScheduleCancel(*cancelled, Day("2026-03-11")));
}

TEST(ScheduleCancel, InTheTrialItEndsWithTheTrial) {
    const auto cancelled = ScheduleCancel(Example(), Day("2026-01-20"));
    ASSERT_TRUE(cancelled);
    EXPECT_EQ(ToIso(*cancelled->ends_on), "2026-01-31");
}

TEST(WithdrawCancel, WorksUntilTheEndOnly) {
    const auto cancelled = ScheduleCancel(Example(), Day("2026-01-20"));
    EXPECT_TRUE(WithdrawCancel(*cancelled, Day("2026-01-30")));
    EXPECT_FALSE(WithdrawCancel(*cancelled, Day("2026-01-31")));
}

TEST(PassTime, EndsTheTrialRenewsAndThenEnds) {
    Passage passage = PassTime(Example(), Day("2026-01-17"), Day("2026-03-01"));
    ASSERT_EQ(passage.steps.size(), 2U);
    EXPECT_EQ(passage.steps[0].kind, EventKind::kTrialEnded);
    EXPECT_EQ(ToIso(passage.steps[0].on), "2026-01-31");
    EXPECT_EQ(passage.steps[1].kind, EventKind::kRenewed);
    EXPECT_EQ(ToIso(passage.steps[1].on), "2026-02-28");
    const auto cancelled = ScheduleCancel(passage.subscription, Day("2026-03-10"));
    passage = PassTime(*cancelled, Day("2026-03-10"), Day("2026-12-31"));
    ASSERT_EQ(passage.steps.size(), 1U);
    EXPECT_EQ(passage.steps[0].kind, EventKind::kCancelled);
    EXPECT_EQ(passage.subscription.state, State::kCancelled);
}

// Passing time in one go and day by day is the same, for every day of two years.
TEST(PassTime, IsTheSameInOneStepAndDayByDay) {
    const Date begin = Day("2026-01-17");
    Subscription daily = Example();
    std::size_t steps = 0;
    for (Date date = begin; date < Day("2028-01-17"); date += std::chrono::days(1)) {
        Passage passage = PassTime(daily, date, date + std::chrono::days(1));
        daily = passage.subscription;
        steps += passage.steps.size();
        ASSERT_EQ(PassTime(Example(), begin, date + std::chrono::days(1)).steps.size(), steps)
            << ToIso(date);
    }
}

TEST(States, EveryNameReadsBack) {
    for (const State state : {State::kPending, State::kTrial, State::kActive, State::kPaused,
                              State::kPastDue, State::kCancelled, State::kExpired}) {
        EXPECT_EQ(StateFrom(ToString(state)), state);
    }
    EXPECT_FALSE(StateFrom("nonsense"));
}

}  // namespace
}  // namespace livery::subscriptions
