#include "domain/ticket.h"

#include <gtest/gtest.h>

#include "domain/wall_clocks.h"

namespace livery::service_desk {
namespace {

using std::chrono::days;
using std::chrono::hours;
using testing::At;

constexpr int kReopenDays = 14;

class TicketTest : public ::testing::Test {
 protected:
    TicketTest() {
        ticket.created_at = ticket.active_at = begun;
        ticket.clocks = BeginClocks({hours(4), hours(30)}, begun);
    }
    std::optional<Ticket> Do(Step step) const {
        return After(ticket, step, kReopenDays, {calendar, clock});
    }
    void Must(const Step& step) {
        auto next = Do(step);
        ASSERT_TRUE(next);
        ticket = *next;
    }
    const Instant begun = At(2026, 11, 30, 9);
    const BusinessCalendar calendar = BusinessCalendar::Always();
    const WallClock clock = testing::Utc();
    Ticket ticket;
};

TEST_F(TicketTest, AnAnswerThatAsksStopsBothClocksInOneStep) {
    Must({begun + hours(1), Party::kAgent, true, TicketState::kWaitingForCustomer});
    EXPECT_EQ(ticket.state, TicketState::kWaitingForCustomer);
    EXPECT_EQ(ticket.clocks.first_response.ended_at, begun + hours(1));
    EXPECT_FALSE(ticket.clocks.solution.running_since);
    EXPECT_EQ(ticket.clocks.solution.used, Duration(hours(1)));
    EXPECT_EQ(ticket.version, 1);
    Must({begun + days(3), Party::kCustomer, true, std::nullopt});
    EXPECT_EQ(ticket.state, TicketState::kOpen);
    EXPECT_EQ(ticket.clocks.solution.running_since, begun + days(3));
}

TEST_F(TicketTest, ANoteMovesNothing) {
    Must({begun + hours(1), Party::kAgent, false, std::nullopt});
    EXPECT_EQ(ticket.state, TicketState::kNew);
    EXPECT_FALSE(ticket.clocks.first_response.ended_at);
}

TEST_F(TicketTest, ACustomerReopensInTimeAndNotLater) {
    Must({begun + hours(1), Party::kAgent, true, TicketState::kSolved});
    EXPECT_EQ(ticket.solved_at, begun + hours(1));
    const Instant last = *ticket.solved_at + days(kReopenDays);
    EXPECT_FALSE(Do({last, Party::kCustomer, true, std::nullopt})) << "a new ticket, then";
    const auto reopened =
        Do({last - std::chrono::seconds(1), Party::kCustomer, true, std::nullopt});
    ASSERT_TRUE(reopened);
    EXPECT_EQ(reopened->state, TicketState::kOpen);
    EXPECT_FALSE(reopened->solved_at);
    EXPECT_TRUE(Do({last, Party::kAgent, true, std::nullopt})) << "the staff may at any time";
}

TEST_F(TicketTest, WhatTheStateDoesNotAllowLeavesItAsItWas) {
    Must({begun + hours(1), Party::kAgent, false, TicketState::kSolved});
    Must({begun + days(8), Party::kRule, false, TicketState::kClosed});
    EXPECT_TRUE(ticket.solved_at) << "what is closed was solved then";
    EXPECT_FALSE(Do({begun + days(9), Party::kCustomer, true, std::nullopt}));
    EXPECT_FALSE(Do({begun + days(9), Party::kAgent, true, TicketState::kOpen}));
}

}  // namespace
}  // namespace livery::service_desk
