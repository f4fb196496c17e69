#include "domain/ticket_state.h"

#include <array>

namespace livery::service_desk {

namespace {

constexpr std::array<std::string_view, 5> kWords = {"new", "open", "waiting_for_customer", "solved",
                                                    "closed"};

}  // namespace

bool IsUnsolved(TicketState state) {
    return state == TicketState::kNew || state == TicketState::kOpen ||
           state == TicketState::kWaitingForCustomer;
}

std::string_view ToString(TicketState state) { return kWords.at(static_cast<std::size_t>(state)); }

std::optional<TicketState> TicketStateFrom(std::string_view word) {
    for (std::size_t i = 0; i < kWords.size(); ++i)
        if (kWords.at(i) == word) return static_cast<TicketState>(i);
    return std::nullopt;
}

bool MayFollow(TicketState now, TicketState next, Party by) {
    if (now == next || now == TicketState::kClosed || next == TicketState::kNew) return false;
    switch (next) {
        case TicketState::kOpen:
            return by != Party::kRule || now == TicketState::kWaitingForCustomer;
        case TicketState::kWaitingForCustomer:
            return by == Party::kAgent;
        case TicketState::kSolved:
            return IsUnsolved(now);
        case TicketState::kClosed:
            return now == TicketState::kSolved && by == Party::kRule;
        case TicketState::kNew:
            return false;
    }
    return false;
}

std::optional<TicketState> AfterMessage(TicketState now, Party by) {
    if (now == TicketState::kClosed) return std::nullopt;
    if (by == Party::kCustomer) return now == TicketState::kNew ? now : TicketState::kOpen;
    return now == TicketState::kNew ? TicketState::kOpen : now;
}

}  // namespace livery::service_desk
