#pragma once

#include <optional>
#include <vector>

#include "domain/agreement.h"

namespace livery::subscriptions {

// Changes that wait for their day: the choices of an agreement that begin after `now`.

// Puts a change of plan among them, `quantity` with it or as it is by then. It takes the place of
// every change of plan that waits, whichever day that waits for: who decides twice means the last.
// The units that were asked for stay, also where that plan came with them, on the new plan from its
// beginning on; with a quantity of its own, those that would come later are dropped.
void PutPlanChange(Agreement& agreement, Choice change, std::optional<Decimal> quantity,
                   CivilTime now);

// Takes back what would begin at `from` or later, with the periods that it brings; never what it
// began with: an add-on must see that its base was changed in the same moment.
void DropChoices(Agreement& agreement, CivilTime from);

}  // namespace livery::subscriptions
