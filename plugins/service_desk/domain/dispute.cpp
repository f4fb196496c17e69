#include "domain/dispute.h"

#include <array>

namespace livery::service_desk {

namespace {

constexpr std::array<std::string_view, 4> kWords = {"undecided", "right", "wrong", "withdrawn"};

}  // namespace

std::string_view ToString(DisputeOutcome outcome) {
    return kWords.at(static_cast<std::size_t>(outcome));
}

std::optional<DisputeOutcome> DisputeOutcomeFrom(std::string_view word) {
    for (std::size_t i = 0; i < kWords.size(); ++i)
        if (kWords.at(i) == word) return static_cast<DisputeOutcome>(i);
    return std::nullopt;
}

bool MayFollowUndecided(TicketState next) {
    return next != TicketState::kSolved && next != TicketState::kClosed;
}

}  // namespace livery::service_desk
