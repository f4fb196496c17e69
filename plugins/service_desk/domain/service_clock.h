#pragma once

#include <optional>

#include <livery/time/instant.h>

#include "domain/open_hours.h"
#include "domain/ticket_state.h"

namespace livery::service_desk {

// Open time that may pass until something is done. It runs, rests and ends; what it has used is
// kept, so that a change of the target or of the calendar counts from then on only.
struct ServiceClock {
    std::optional<Duration> target;  // none: nobody has promised anything
    Duration used{0};                // until `running_since`, or in all
    std::optional<Instant> running_since;
    std::optional<Instant> ended_at;
    bool operator==(const ServiceClock&) const = default;
};

// The two clocks of a ticket. First response: from its creation until the first public answer of an
// agent, or until it is solved without one; it ends once, and no other clock, message or state
// moves it again (zammad 5177, 3140). Solution: while the ticket waits for us; it rests while it
// waits for the customer, ends when it is solved, and goes on from its rest when it is reopened.
struct ServiceClocks {
    ServiceClock first_response;
    ServiceClock solution;
    Instant followed_until;
    bool operator==(const ServiceClocks&) const = default;
};

struct ServiceTargets {
    std::optional<Duration> first_response;
    std::optional<Duration> solution;
};

// What happened to a ticket in one step: an answer, a new state, or both at once (zammad 3551).
struct TicketStep {
    Instant at;
    TicketState state_after = TicketState::kOpen;
    bool has_public_answer = false;  // by an agent; a note or an automatic reply is none
};

// A desk's hours and the place whose clocks it looks at.
struct DeskTime {
    const BusinessCalendar& calendar;
    const WallClock& clock;
};

ServiceClocks BeginClocks(const ServiceTargets& targets, Instant created_at);
// One that is written down late, after another that was later, counts as if it came with that one.
void Follow(ServiceClocks& clocks, const TicketStep& step, const DeskTime& time);
// Another priority or category: what is used stays used.
void SetTargets(ServiceClocks& clocks, const ServiceTargets& targets);

// Open time used until `now`.
Duration UsedBy(const ServiceClock& clock, Instant now, const DeskTime& time);
// When its target is reached if nothing happens until then; in the past when it was missed. None
// while it rests, once it has ended, or where nobody has promised anything.
std::optional<Instant> DueAt(const ServiceClock& clock, const DeskTime& time);
// Whether it has used more than its target by `now`; kept for good once it has ended.
bool IsMissed(const ServiceClock& clock, Instant now, const DeskTime& time);

}  // namespace livery::service_desk
