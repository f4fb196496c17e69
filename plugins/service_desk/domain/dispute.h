#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include <livery/money/money.h>

#include "domain/ticket.h"

namespace livery::service_desk {

enum class DisputeOutcome : std::uint8_t {
    kUndecided,
    kRight,      // the customer does not owe it
    kWrong,      // the customer does
    kWithdrawn,  // by the customer
};
std::string_view ToString(DisputeOutcome outcome);
std::optional<DisputeOutcome> DisputeOutcomeFrom(std::string_view word);

// What a ticket's customer says not to owe. While it is undecided its ticket cannot be over: nobody
// would ever ask for the amount again.
struct Dispute {
    TicketId ticket;
    Uuid objection;
    Money amount;
    DisputeOutcome outcome = DisputeOutcome::kUndecided;

    bool IsUndecided() const { return outcome == DisputeOutcome::kUndecided; }
};

// Whether the ticket may go there while its dispute is undecided.
bool MayFollowUndecided(TicketState next);

}  // namespace livery::service_desk
