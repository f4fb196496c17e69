#pragma once

#include <optional>

#include <livery/billing/catalog.h>

#include "domain/agreement.h"

namespace livery::subscriptions {

// A change of plan that prorates nothing: the recurring price stays what it was until the running
// period is over (Choice::price_until). The new one begins there with a whole period: where none of
// its periods begins then, one does, which is taken back with the change.

// Of a change of plan that was put into an agreement.
struct KeptChange {
    CivilTime from;                // when it begins
    const Agreement& before;       // what it comes into: the same without it
    bool waited;                   // it was asked for before
    std::optional<Decimal> units;  // of the price that stays; as before it when none
};
// Keeps the price for it, and for changes of quantity that come before the new price does. That
// begins with the change itself when it waited and comes as a period begins. False: nothing
// recurring is charged then, so that there is nothing to keep.
bool KeepPrice(Agreement& agreement, const billing::Catalog& catalog, const KeptChange& change);

// The units of the price before that begin at `from` and were asked for by themselves, so that they
// are charged whatever plan begins then too. Units that come with a plan are none.
std::optional<Decimal> UnitsThatBegin(const Agreement& agreement, CivilTime from);

// Once more of the changes that waited, since the periods that they come into may have moved. Of
// one that has begun it comes to the same, as no period moves that runs already. The units are what
// was asked for. True: something is another.
bool KeepPricesAgain(Agreement& agreement, const billing::Catalog& catalog);

// `agreement` without what begins at `from` or later, and without the periods that come with it.
Agreement Until(Agreement agreement, CivilTime from);

}  // namespace livery::subscriptions
