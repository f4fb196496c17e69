#include "process/spin_wait.h"

#include <chrono>
#include <optional>
#include <thread>

#include <gtest/gtest.h>

#include "process/channel.h"

namespace livery::process {
namespace {

using Clock = std::chrono::steady_clock;

class ASpinWait : public ::testing::Test {
 protected:
    void SetUp() override {
        if (std::thread::hardware_concurrency() < 2) GTEST_SKIP() << "one processor: nobody spins";
    }

    std::pair<Channel, Channel> pair_ = Channel::Pair();
    SpinWait spin_;
};

TEST_F(ASpinWait, SeesWhatIsThere) {
    ASSERT_EQ(pair_.second.Send("x", Channel::kForever), Channel::Outcome::kDone);
    EXPECT_TRUE(spin_.UntilReadable(pair_.first.descriptor()));
}

TEST_F(ASpinWait, SeesThatTheOtherEndIsClosed) {
    { const Channel closed = std::move(pair_.second); }
    EXPECT_TRUE(spin_.UntilReadable(pair_.first.descriptor()));
}

TEST_F(ASpinWait, EndsByItself) {
    const auto began = Clock::now();
    EXPECT_FALSE(spin_.UntilReadable(pair_.first.descriptor()));
    EXPECT_GE(Clock::now() - began, std::chrono::microseconds(100));
}

// How many turns of `spin` are left out until it looks again at what can be read.
int LeftOut(SpinWait& spin, const Channel& full) {
    int turns = 0;
    while (!spin.UntilReadable(full.descriptor())) ++turns;
    return turns;
}

TEST_F(ASpinWait, InVainLeavesOutTwiceAsManyTurnsEachTimeAndNoneAfterOneThatWasNot) {
    auto full = Channel::Pair();
    ASSERT_EQ(full.second.Send("x", Channel::kForever), Channel::Outcome::kDone);
    const int empty = pair_.first.descriptor();
    EXPECT_FALSE(spin_.UntilReadable(empty));
    EXPECT_EQ(LeftOut(spin_, full.first), 2);
    EXPECT_EQ(LeftOut(spin_, full.first), 0);
    EXPECT_FALSE(spin_.UntilReadable(empty));
    for (int turn = 0; turn < 2; ++turn) EXPECT_FALSE(spin_.UntilReadable(empty));
    EXPECT_FALSE(spin_.UntilReadable(empty));
    EXPECT_EQ(LeftOut(spin_, full.first), 4);
}

}  // namespace
}  // namespace livery::process
