#include "domain/service_clock.h"

#include <algorithm>

namespace livery::service_desk {

namespace {

void Rest(ServiceClock& clock, Instant at, const DeskTime& time) {
    clock.used = UsedBy(clock, at, time);
    clock.running_since.reset();
}

void Run(ServiceClock& clock, Instant at) {
    if (!clock.running_since) clock.running_since = at;
    clock.ended_at.reset();
}

void End(ServiceClock& clock, Instant at, const DeskTime& time) {
    Rest(clock, at, time);
    if (!clock.ended_at) clock.ended_at = at;
}

bool IsOver(TicketState state) {
    return state == TicketState::kSolved || state == TicketState::kClosed;
}

}  // namespace

ServiceClocks BeginClocks(const ServiceTargets& targets, Instant created_at) {
    ServiceClocks clocks;
    SetTargets(clocks, targets);
    Run(clocks.first_response, created_at);
    Run(clocks.solution, created_at);
    clocks.followed_until = created_at;
    return clocks;
}

void Follow(ServiceClocks& clocks, const TicketStep& step, const DeskTime& time) {
    const Instant at = std::max(step.at, clocks.followed_until);
    clocks.followed_until = at;
    if (step.has_public_answer || IsOver(step.state_after)) End(clocks.first_response, at, time);
    if (IsOver(step.state_after))
        End(clocks.solution, at, time);
    else if (step.state_after == TicketState::kWaitingForCustomer)
        Rest(clocks.solution, at, time);
    else
        Run(clocks.solution, at);
}

void SetTargets(ServiceClocks& clocks, const ServiceTargets& targets) {
    clocks.first_response.target = targets.first_response;
    clocks.solution.target = targets.solution;
}

Duration UsedBy(const ServiceClock& clock, Instant now, const DeskTime& time) {
    if (!clock.running_since) return clock.used;
    return clock.used + OpenTime(time.calendar, time.clock, *clock.running_since, now);
}

std::optional<Instant> DueAt(const ServiceClock& clock, const DeskTime& time) {
    if (!clock.target || !clock.running_since) return std::nullopt;
    const Duration left = std::max(*clock.target - clock.used, Duration(0));
    return AfterOpenTime(time.calendar, time.clock, *clock.running_since, left);
}

bool IsMissed(const ServiceClock& clock, Instant now, const DeskTime& time) {
    return clock.target && UsedBy(clock, now, time) > *clock.target;
}

}  // namespace livery::service_desk
