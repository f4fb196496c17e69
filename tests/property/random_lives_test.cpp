#include "random_lives.h"

#include <gtest/gtest.h>

namespace livery::property {
namespace {

constexpr std::int64_t kInSuite = 10'000;

TEST(RandomLives, LeaveTheBooksRightAfterEveryStep) {
    Configure(kInSuite);
    const Tried tried = TryLives("the books are right after every step", Play);
    EXPECT_TRUE(tried.held);
    // Refusals alone would prove nothing.
    EXPECT_GT(tried.accepted, tried.operations / 3);
}

TEST(RandomLives, CostTheSameHoweverOftenTheyAreBilled) {
    Configure(kInSuite);
    const bool held = rc::check("billed daily as billed rarely", [] {
        Life life;
        life.policies = *rc::gen::inRange(0, 96);
        const int count = *rc::gen::inRange(1, 4);
        for (int i = 0; i < count; ++i) {
            life.operations.push_back({Operation::Kind::kClock, *rc::gen::inRange(0, 45), 0});
            life.operations.push_back(
                {Operation::Kind::kSubscribe, *rc::gen::inRange(0, 8), *rc::gen::inRange(0, 3)});
        }
        RC_ASSERT(ChargedWhenBilledEvery(10, life) == ChargedWhenBilledEvery(360, life));
    });
    EXPECT_TRUE(held);
}

TEST(CounterExamples, StayRight) {
    const std::vector<Life> kept = KeptLives();
    EXPECT_GT(kept.size(), 5U);
    for (const Life& life : kept) {
        EXPECT_EQ(LifeFrom(ToText(life)), life);
        EXPECT_EQ(Play(life).problem, "") << ToText(life);
    }
}

}  // namespace
}  // namespace livery::property
