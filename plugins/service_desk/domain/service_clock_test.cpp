#include "domain/service_clock.h"

#include <random>

#include <gtest/gtest.h>

#include "domain/wall_clocks.h"

namespace livery::service_desk::testing {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

class Clocks : public ::testing::Test {
 protected:
    void Create(Instant at) { clocks_ = BeginClocks({hours(4), hours(16)}, at); }
    void Answer(Instant at, TicketState state) { Follow(clocks_, {at, state, true}, time_); }
    void Become(Instant at, TicketState state) { Follow(clocks_, {at, state, false}, time_); }
    Duration Response(Instant now) { return UsedBy(clocks_.first_response, now, time_); }
    Duration Solution(Instant now) { return UsedBy(clocks_.solution, now, time_); }

    BusinessCalendar calendar_ = OfficeHours();
    WallClock clock_ = Utc();
    DeskTime time_{calendar_, clock_};
    ServiceClocks clocks_;
    // A Thursday.
    const Instant nine_ = At(2026, 11, 26, 9);
};

TEST_F(Clocks, RunWhileTheDeskIsOpen) {
    Create(At(2026, 11, 27, 16));
    EXPECT_EQ(DueAt(clocks_.first_response, time_), At(2026, 11, 30, 12));
    EXPECT_EQ(DueAt(clocks_.solution, time_), At(2026, 12, 1, 16));
    EXPECT_EQ(Response(At(2026, 11, 29, 12)), hours(1));
    EXPECT_FALSE(IsMissed(clocks_.first_response, At(2026, 11, 30, 12), time_));
    EXPECT_TRUE(IsMissed(clocks_.first_response, At(2026, 11, 30, 12, 1), time_));
}

// Zammad 5177: what came later moved the end of the first response.
TEST_F(Clocks, OfTheFirstResponseAreMovedByNothingButAnAnswer) {
    Create(nine_);
    const auto due = DueAt(clocks_.first_response, time_);
    Become(nine_ + hours(1), TicketState::kOpen);
    Become(nine_ + hours(2), TicketState::kWaitingForCustomer);
    Become(nine_ + hours(3), TicketState::kOpen);
    EXPECT_EQ(DueAt(clocks_.first_response, time_), due);
    EXPECT_EQ(Response(nine_ + hours(5)), hours(5));
    EXPECT_TRUE(IsMissed(clocks_.first_response, nine_ + hours(5), time_));
}

// Zammad 3551: an answer that came with a new state stopped nothing.
TEST_F(Clocks, EndWithAnAnswerThatComesWithANewState) {
    Create(nine_);
    Answer(nine_ + hours(1), TicketState::kWaitingForCustomer);
    EXPECT_EQ(clocks_.first_response.ended_at, nine_ + hours(1));
    EXPECT_EQ(DueAt(clocks_.first_response, time_), std::nullopt);
    EXPECT_EQ(Solution(nine_ + hours(6)), hours(1)) << "it rests";
    Create(nine_);
    Answer(nine_ + hours(2), TicketState::kSolved);
    EXPECT_EQ(clocks_.first_response.ended_at, nine_ + hours(2));
    EXPECT_EQ(clocks_.solution.ended_at, nine_ + hours(2));
}

// Zammad 3140: it went on running after the agent's answer.
TEST_F(Clocks, OfTheFirstResponseDoNotRunAfterAnAnswer) {
    Create(nine_);
    Answer(nine_ + hours(1), TicketState::kOpen);
    const ServiceClock ended = clocks_.first_response;
    Become(nine_ + hours(2), TicketState::kOpen);  // the customer writes again
    Answer(nine_ + hours(7), TicketState::kOpen);
    Become(nine_ + hours(8), TicketState::kSolved);
    Become(nine_ + hours(26), TicketState::kOpen);  // and it is reopened
    EXPECT_EQ(clocks_.first_response, ended);
    EXPECT_FALSE(IsMissed(clocks_.first_response, nine_ + hours(100), time_));
}

TEST_F(Clocks, RestWhileTheCustomerIsWaitedFor) {
    Create(nine_);
    Answer(nine_ + hours(2), TicketState::kWaitingForCustomer);
    EXPECT_EQ(DueAt(clocks_.solution, time_), std::nullopt);
    Become(nine_ + hours(24 + 3), TicketState::kOpen);
    EXPECT_EQ(Solution(nine_ + hours(24 + 4)), hours(3));
    // 16 less 2 hours from Friday noon on: 5 are left of it, 8 on Monday, 1 on Tuesday.
    EXPECT_EQ(DueAt(clocks_.solution, time_), At(2026, 12, 1, 10));
}

TEST_F(Clocks, GoOnFromTheirRestWhenATicketIsReopened) {
    Create(nine_);
    Answer(nine_ + hours(3), TicketState::kSolved);
    EXPECT_EQ(clocks_.solution.ended_at, nine_ + hours(3));
    Become(nine_ + hours(24), TicketState::kOpen);
    EXPECT_EQ(clocks_.solution.ended_at, std::nullopt);
    EXPECT_EQ(Solution(nine_ + hours(24 + 1)), hours(4));
}

TEST_F(Clocks, EndWhereItIsSolvedWithoutAnAnswer) {
    Create(nine_);
    Become(nine_ + hours(1), TicketState::kSolved);
    EXPECT_EQ(clocks_.first_response.ended_at, nine_ + hours(1));
}

TEST_F(Clocks, KeepWhatTheyHaveUsedWhenTheTargetChanges) {
    Create(nine_);
    SetTargets(clocks_, {hours(1), std::nullopt});
    EXPECT_EQ(DueAt(clocks_.first_response, time_), nine_ + hours(1));
    EXPECT_EQ(DueAt(clocks_.solution, time_), std::nullopt);
    EXPECT_EQ(Solution(nine_ + hours(2)), hours(2));
}

TEST_F(Clocks, AreNotTurnedBackByStepsThatAreWrittenDownLate) {
    Create(nine_);
    Become(nine_ + hours(3), TicketState::kWaitingForCustomer);
    Become(nine_ + hours(5), TicketState::kOpen);
    Answer(nine_ + hours(4), TicketState::kWaitingForCustomer);
    EXPECT_EQ(clocks_.first_response.ended_at, nine_ + hours(5));
    Become(nine_ + hours(4), TicketState::kOpen);
    EXPECT_EQ(Solution(nine_ + hours(6)), hours(4));
}

// Against a ticket that is looked at minute by minute, whatever happens to it.
class RandomTickets : public Clocks, public ::testing::WithParamInterface<unsigned> {};

TEST_P(RandomTickets, UseWhatPassesWhileTheyWaitForUs) {
    std::mt19937 random(GetParam());
    const auto up_to = [&](int most) {
        return std::uniform_int_distribution<int>(0, most)(random);
    };
    clock_ = Berlin();
    const Instant begin = At(2026, 10, 22, up_to(23), up_to(59));
    Create(begin);
    Instant now = begin;
    TicketState state = TicketState::kNew;
    bool answered = false;
    Duration response{0};
    Duration solution{0};
    for (int step = 0; step < 8; ++step) {
        const Instant next = now + minutes(up_to(2 * 1440));
        for (; now < next; now += minutes(1)) {
            const bool open = OpenTime(calendar_, clock_, now, now + minutes(1)) > Duration(0);
            if (open && !answered) response += minutes(1);
            if (open && (state == TicketState::kNew || state == TicketState::kOpen))
                solution += minutes(1);
        }
        ASSERT_EQ(Response(now), response) << "step " << step;
        ASSERT_EQ(Solution(now), solution) << "step " << step;
        state = static_cast<TicketState>(1 + up_to(2));
        const bool answers = up_to(2) == 0;
        answered = answered || answers || state == TicketState::kSolved;
        Follow(clocks_, {now, state, answers}, time_);
        ASSERT_EQ(DueAt(clocks_.solution, time_).has_value(), state == TicketState::kOpen);
    }
}

INSTANTIATE_TEST_SUITE_P(Ticket, RandomTickets, ::testing::Range(0U, 60U));

}  // namespace
}  // namespace livery::service_desk::testing
