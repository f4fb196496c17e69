#include "domain/look_schedule.h"

#include <vector>

#include <gtest/gtest.h>

namespace livery::payments {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;
const Instant kBegan = Instant(*ParseDate("2026-03-01"));

// Every look at the moment that it is due: after how long each comes.
template <class Next>
std::vector<std::chrono::seconds> Delays(Next next) {
    std::vector<std::chrono::seconds> delays;
    Instant now = kBegan;
    for (int looks = 0; looks < 100; ++looks) {
        const auto at = next(looks, now);
        if (!at) break;
        delays.push_back(std::chrono::duration_cast<std::chrono::seconds>(*at - now));
        now = *at;
    }
    return delays;
}

TEST(LooksAtWhatIsUnknown, AreOftenAtFirstAndDailyForFourteenDays) {
    std::vector<std::chrono::seconds> expected{15s, 1min, 5min, 15min, 1h, 4h};
    // 5 h 21 min 15 s are over: the fourteenth day's end would be passed by a fourteenth.
    expected.insert(expected.end(), 13, days(1));
    EXPECT_EQ(Delays([](int looks, Instant now) { return NextLookAtUnknown(kBegan, looks, now); }),
              expected);
}

TEST(LooksAtWhatIsPending, WaitForTheMethod) {
    std::vector<std::chrono::seconds> card{1h, 23h};  // PA-09: after 1 h, after 1 d
    card.insert(card.end(), 14, days(1));
    EXPECT_EQ(
        Delays([](int looks, Instant now) { return NextLookAtPending(kBegan, 24h, looks, now); }),
        card);
    std::vector<std::chrono::seconds> debit{5h, 115h};
    debit.insert(debit.end(), 14, days(1));
    EXPECT_EQ(
        Delays([](int looks, Instant now) { return NextLookAtPending(kBegan, 120h, looks, now); }),
        debit);
}

TEST(LooksAtWhatIsPending, ThatAreLateComeNowAndNotInThePast) {
    EXPECT_EQ(NextLookAtPending(kBegan, 24h, 0, kBegan + 5h), kBegan + 5h + 1s);
}

TEST(WhatIsMissing, CountsOnlyWhenTheProviderMustSeeIt) {
    EXPECT_FALSE(MissingCounts(kBegan, 60s, kBegan));
    EXPECT_FALSE(MissingCounts(kBegan, 60s, kBegan + 60s));
    EXPECT_TRUE(MissingCounts(kBegan, 60s, kBegan + 61s));
    EXPECT_FALSE(MissingCounts(kBegan, 0s, kBegan));
}

TEST(AKey, IsSentAgainInsideItsWindowOnly) {
    EXPECT_FALSE(MayResend(kBegan, std::nullopt, kBegan));
    EXPECT_TRUE(MayResend(kBegan, 24h, kBegan + 22h));
    EXPECT_FALSE(MayResend(kBegan, 24h, kBegan + 23h));
    EXPECT_FALSE(MayResend(kBegan, 1h, kBegan));
}

// Case PA-09.
TEST(ATenantsOwnSchedule, IsWalkedToItsEnd) {
    using std::chrono::minutes;
    const Instant began{};
    const Instant now = began + minutes(7);
    const LookPlan plan{{minutes(5), minutes(60)}, {minutes(30)}};
    EXPECT_EQ(NextLookAtUnknown(began, 0, now, plan), now + minutes(5));
    EXPECT_EQ(NextLookAtUnknown(began, 1, now, plan), now + minutes(60));
    EXPECT_EQ(NextLookAtUnknown(began, 2, now, plan), std::nullopt);
    EXPECT_EQ(NextLookAtPending(began, std::chrono::hours(24), 0, now, plan), now + minutes(30));
    EXPECT_EQ(NextLookAtPending(began, std::chrono::hours(24), 1, now, plan), std::nullopt);
}

}  // namespace
}  // namespace livery::payments
