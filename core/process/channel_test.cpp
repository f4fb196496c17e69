#include "process/channel.h"

#include <thread>

#include <gtest/gtest.h>
#include <sys/socket.h>

namespace livery::process {
namespace {

using Outcome = Channel::Outcome;

Channel::Clock::time_point Soon() { return Channel::Clock::now() + std::chrono::milliseconds(50); }

TEST(Channel, CarriesFramesLargerThanTheSocketHolds) {
    auto [here, there] = Channel::Pair();
    const std::string sent(3'000'000, 'x');
    std::string received;
    std::thread reader([&there, &received] {
        EXPECT_EQ(there.Receive(received, Channel::kForever), Outcome::kDone);
    });
    EXPECT_EQ(here.Send(sent, Channel::kForever), Outcome::kDone);
    reader.join();
    EXPECT_EQ(received, sent);
}

TEST(Channel, GivesUpAtTheDeadlineInBothDirections) {
    auto [here, there] = Channel::Pair();
    std::string frame;
    EXPECT_EQ(here.Receive(frame, Soon()), Outcome::kTimedOut);
    EXPECT_EQ(here.Send(std::string(8'000'000, 'x'), Soon()), Outcome::kTimedOut) << "nobody reads";
}

// Else who always has more to say would never be given up.
TEST(Channel, ReadsNothingAfterTheDeadlineThoughItIsThere) {
    auto [here, there] = Channel::Pair();
    ASSERT_EQ(here.Send("frame", Soon()), Outcome::kDone);
    std::string frame;
    EXPECT_EQ(there.Receive(frame, Channel::Clock::now()), Outcome::kTimedOut);
    EXPECT_EQ(there.Receive(frame, Soon()), Outcome::kDone);
    EXPECT_EQ(frame, "frame");
}

TEST(Channel, TellsWhenTheOtherEndIsGone) {
    auto [here, there] = Channel::Pair();
    { const Channel closed(std::move(there)); }
    std::string frame;
    EXPECT_EQ(here.Receive(frame, Channel::kForever), Outcome::kClosed);
    EXPECT_EQ(here.Send("frame", Channel::kForever), Outcome::kClosed);
}

// The reader's own bound: of a frame that is longer nothing but its length is read.
TEST(Channel, ReadsNoFrameThatIsLongerThanItsReaderWants) {
    auto [here, there] = Channel::Pair();
    ASSERT_EQ(here.Send("0123456789", Soon()), Outcome::kDone);
    std::string frame;
    EXPECT_EQ(there.Receive(frame, Soon(), 9), Outcome::kClosed);
    EXPECT_EQ(frame, "");
    auto [this_side, that_side] = Channel::Pair();
    ASSERT_EQ(this_side.Send("0123456789", Soon()), Outcome::kDone);
    EXPECT_EQ(that_side.Receive(frame, Soon(), 10), Outcome::kDone);
}

TEST(Channel, RefusesALengthThatNoFrameHas) {
    auto [here, there] = Channel::Pair();
    ASSERT_EQ(::send(there.descriptor(), "\xff\xff\xff\xff", 4, 0), 4);
    std::string frame;
    EXPECT_EQ(here.Receive(frame, Channel::kForever), Outcome::kClosed);
}

}  // namespace
}  // namespace livery::process
