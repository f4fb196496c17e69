#pragma once

#include <optional>

#include <livery/billing/catalog.h>

#include "domain/agreement.h"

namespace livery::subscriptions {

// A change of plan that prorates nothing: the recurring price stays what it was until the running
// period is over (Choice::price_until).

// Of the change that begins at `from`: when the new price begins, until when the old one stays,
// written into it and into changes of quantity that come before then. With the change itself, when
// that was asked for before (`now`) and comes as a period begins. nullopt: nothing recurring is
// charged then, so that there is nothing to keep.
std::optional<CivilTime> KeepPrice(Agreement& agreement, const billing::Catalog& catalog,
                                   CivilTime from, CivilTime now);

// Once more of changes that wait, when the periods have moved that they come into.
Agreement KeepPricesThatWait(Agreement agreement, const billing::Catalog& catalog, CivilTime now);

// The new price begins at `at` with a whole period: where none of its periods begins then, one
// does. It is taken back with the change that begins at `change`.
void BeginPeriod(Agreement& agreement, const billing::Catalog& catalog, CivilTime at,
                 CivilTime change);

}  // namespace livery::subscriptions
