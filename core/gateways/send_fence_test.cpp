#include "gateways/send_fence.h"

#include <gtest/gtest.h>

namespace livery::gateways {
namespace {

using Kind = SendFence::Kind;
using Verdict = SendFence::Verdict;

TEST(SendFence, NothingWasSentUntilARequestThatChangesSomethingLeaves) {
    SendFence fence;
    EXPECT_EQ(fence.Judge(), Verdict::kNothingSent);
    fence.Begin(Kind::kSafe);
    EXPECT_EQ(fence.Judge(), Verdict::kNothingSent);
    fence.Begin(Kind::kUnsafe);
    EXPECT_EQ(fence.Judge(), Verdict::kUnknown);
}

TEST(SendFence, ARequestThatCouldNotLeaveIsTakenBack) {
    SendFence fence;
    const auto refused = fence.Begin(Kind::kUnsafe);
    fence.NotSent(refused);
    EXPECT_EQ(fence.Judge(), Verdict::kNothingSent);
    fence.Begin(Kind::kUnsafe);
    fence.NotSent(refused);
    EXPECT_EQ(fence.Judge(), Verdict::kUnknown);
    EXPECT_EQ(fence.requests(), 2U);
}

}  // namespace
}  // namespace livery::gateways
