#include "domain/ticket_state.h"

#include <set>
#include <tuple>

#include <gtest/gtest.h>

namespace livery::service_desk {
namespace {

constexpr TicketState kStates[] = {TicketState::kNew, TicketState::kOpen,
                                   TicketState::kWaitingForCustomer, TicketState::kSolved,
                                   TicketState::kClosed};

TEST(TicketStates, FollowTheTable) {
    using enum TicketState;
    using enum Party;
    const std::set<std::tuple<TicketState, TicketState, Party>> table = {
        {kNew, kOpen, kAgent},
        {kNew, kOpen, kCustomer},
        {kOpen, kWaitingForCustomer, kAgent},
        {kNew, kWaitingForCustomer, kAgent},
        {kSolved, kWaitingForCustomer, kAgent},
        {kWaitingForCustomer, kOpen, kAgent},
        {kWaitingForCustomer, kOpen, kCustomer},
        {kWaitingForCustomer, kOpen, kRule},
        {kSolved, kOpen, kAgent},
        {kSolved, kOpen, kCustomer},
        {kNew, kSolved, kAgent},
        {kNew, kSolved, kCustomer},
        {kNew, kSolved, kRule},
        {kOpen, kSolved, kAgent},
        {kOpen, kSolved, kCustomer},
        {kOpen, kSolved, kRule},
        {kWaitingForCustomer, kSolved, kAgent},
        {kWaitingForCustomer, kSolved, kCustomer},
        {kWaitingForCustomer, kSolved, kRule},
        {kSolved, kClosed, kRule},
    };
    for (const TicketState now : kStates)
        for (const TicketState next : kStates)
            for (const Party by : {kCustomer, kAgent, kRule})
                EXPECT_EQ(MayFollow(now, next, by), table.contains({now, next, by}))
                    << ToString(now) << " to " << ToString(next) << " by " << static_cast<int>(by);
}

TEST(TicketStates, AreWhatAMessageMakesOfThem) {
    using enum TicketState;
    EXPECT_EQ(AfterMessage(kNew, Party::kCustomer), kNew);
    EXPECT_EQ(AfterMessage(kNew, Party::kAgent), kOpen);
    EXPECT_EQ(AfterMessage(kWaitingForCustomer, Party::kCustomer), kOpen);
    EXPECT_EQ(AfterMessage(kWaitingForCustomer, Party::kAgent), kWaitingForCustomer);
    EXPECT_EQ(AfterMessage(kSolved, Party::kCustomer), kOpen);
    EXPECT_EQ(AfterMessage(kSolved, Party::kAgent), kSolved);
    for (const Party by : {Party::kCustomer, Party::kAgent})
        EXPECT_EQ(AfterMessage(kClosed, by), std::nullopt);
}

TEST(TicketStates, HaveWords) {
    for (const TicketState state : kStates) EXPECT_EQ(TicketStateFrom(ToString(state)), state);
    EXPECT_EQ(TicketStateFrom("pending"), std::nullopt);
}

}  // namespace
}  // namespace livery::service_desk
