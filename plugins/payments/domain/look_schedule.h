#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include <livery/time/instant.h>

#include "domain/payment_state.h"

namespace livery::payments {

// When the provider is asked again what became of something. Looks are counted from 0.

// A tenant's own schedule: so long after the look before, and when it is over it is a person's case
// (PA-09). Where a list is empty the schedules below hold.
struct LookPlan {
    std::vector<std::chrono::minutes> unknown;
    std::vector<std::chrono::minutes> pending;
};

// Of what is unknown: after 15 s, 1 m, 5 m, 15 m, 1 h, 4 h, then every day. nullopt: 14 days are
// over and it is a person's case.
std::optional<Instant> NextLookAtUnknown(Instant began, int looks, Instant now,
                                         const LookPlan& plan = {});

// Of what waits for a bank or for who pays: a part of the time in which the method usually decides
// (1/24: an hour of a day), that time, then every day. nullopt: 14 days beyond it.
std::optional<Instant> NextLookAtPending(Instant began, std::chrono::hours decides_within,
                                         int looks, Instant now, const LookPlan& plan = {});

// Whether "no such payment" means that nothing was taken: only after the time in which the provider
// may not see yet what is there. `sent_by`: until when a request can have been on its way.
bool MissingCounts(Instant sent_by, std::chrono::seconds finds_after, Instant now);

// Whether the same key may be sent again: inside the provider's window for keys, with an hour to
// spare for clocks and for the request's own way. Without a window never.
bool MayResend(Instant began, std::optional<std::chrono::hours> window, Instant now);

}  // namespace livery::payments
