#include "domain/dispute.h"

#include <gtest/gtest.h>

namespace livery::service_desk {
namespace {

TEST(Disputes, KeepTheirTicketFromBeingOver) {
    using enum TicketState;
    for (const TicketState state : {kNew, kOpen, kWaitingForCustomer})
        EXPECT_TRUE(MayFollowUndecided(state)) << ToString(state);
    for (const TicketState state : {kSolved, kClosed})
        EXPECT_FALSE(MayFollowUndecided(state)) << ToString(state);
}

TEST(Disputes, HaveWordsForWhatCameOfThem) {
    using enum DisputeOutcome;
    for (const DisputeOutcome outcome : {kUndecided, kRight, kWrong, kWithdrawn})
        EXPECT_EQ(DisputeOutcomeFrom(ToString(outcome)), outcome);
    EXPECT_EQ(DisputeOutcomeFrom("won"), std::nullopt);
}

}  // namespace
}  // namespace livery::service_desk
