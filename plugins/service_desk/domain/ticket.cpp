#include "domain/ticket.h"

#include <algorithm>

namespace livery::service_desk {

namespace {

bool IsTooLate(const Ticket& ticket, const Step& step, int reopen_days) {
    return ticket.state == TicketState::kSolved && step.by == Party::kCustomer &&
           ticket.solved_at && step.at - *ticket.solved_at >= std::chrono::days(reopen_days);
}

// By what is asked for, else by what a message makes of it; a step that does neither changes none.
std::optional<TicketState> NextState(const Ticket& ticket, const Step& step) {
    const auto by_message = step.is_public_message ? AfterMessage(ticket.state, step.by)
                                                   : std::optional<TicketState>(ticket.state);
    if (!step.wanted) return by_message;
    if (*step.wanted == ticket.state) return ticket.state;
    if (!MayFollow(ticket.state, *step.wanted, step.by)) return std::nullopt;
    return step.wanted;
}

}  // namespace

void SetDue(Ticket& ticket, const DeskTime& time) {
    const auto first = DueAt(ticket.clocks.first_response, time);
    const auto solution = DueAt(ticket.clocks.solution, time);
    ticket.due_at = first && solution ? std::min(*first, *solution) : first ? first : solution;
}

std::optional<Ticket> After(Ticket ticket, const Step& step, int reopen_days,
                            const DeskTime& time) {
    if (IsTooLate(ticket, step, reopen_days)) return std::nullopt;
    const auto next = NextState(ticket, step);
    if (!next) return std::nullopt;
    if (*next == TicketState::kSolved && ticket.state != TicketState::kSolved)
        ticket.solved_at = step.at;
    if (*next == TicketState::kSolved) ticket.escalated_at.reset();
    if (*next != TicketState::kSolved && *next != TicketState::kClosed) ticket.solved_at.reset();
    ticket.state = *next;
    ticket.active_at = step.at;
    Follow(ticket.clocks, {step.at, *next, step.is_public_message && step.by == Party::kAgent},
           time);
    SetDue(ticket, time);
    ++ticket.version;
    return ticket;
}

}  // namespace livery::service_desk
