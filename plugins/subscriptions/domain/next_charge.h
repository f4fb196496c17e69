#pragma once

#include <optional>

#include <livery/billing/policies.h>
#include <livery/billing/timeline.h>
#include <livery/money/money.h>

namespace livery::subscriptions {

// What falls due next, before taxes and coupons.
struct NextCharge {
    CivilTime on;
    Span covers;   // of what recurs; empty = a one-time price alone
    Money amount;  // of everything that falls due that day
    // Usage is charged with it; how much is known then.
    bool with_usage = false;
    // Usage and nothing else: there is no amount to tell.
    bool IsUsageAlone() const { return with_usage && amount.minor_units() == 0; }
};

// The first charge after `now`, by the rules of billing: in advance at the beginning of a piece, in
// arrear at its end. nullopt when nothing will be charged any more.
std::optional<NextCharge> NextChargeOf(const billing::Timeline& timeline,
                                       billing::Policies::Proration proration, CivilTime now);

}  // namespace livery::subscriptions
