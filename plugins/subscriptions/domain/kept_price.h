#pragma once

#include <livery/billing/catalog.h>

#include "domain/agreement.h"

namespace livery::subscriptions {

// A change of plan that prorates nothing: the recurring price stays what it was until the running
// period is over (Choice::price_until). The new one begins there with a whole period: where none of
// its periods begins then, one does, which is taken back with the change.

// Keeps the price for the change of plan that begins at `from` and was put into `agreement`, and
// for changes of quantity that come before the price does. `before` is what it comes into: the same
// without it. The new price begins with the change itself when that `waited`, having been asked for
// before, and comes as a period begins. False: nothing recurring is charged then, so that there is
// nothing to keep.
bool KeepPrice(Agreement& agreement, const billing::Catalog& catalog, CivilTime from,
               const Agreement& before, bool waited);

// Once more of the changes that waited, since what they come into may be another: its periods have
// moved, or its quantity has changed. Of one that has begun it comes to the same, as no period
// moves that runs already. True: something is another.
bool KeepPricesAgain(Agreement& agreement, const billing::Catalog& catalog);

// `agreement` without what begins at `from` or later, and without the periods that come with it.
Agreement Until(Agreement agreement, CivilTime from);

}  // namespace livery::subscriptions
