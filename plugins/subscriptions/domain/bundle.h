#pragma once

#include <vector>

#include "domain/agreement.h"

namespace livery::subscriptions {

// A bundle is a base with its add-ons. An add-on is bought by itself, and has an agreement of its
// own; but it
// - ends no later than its base: when that is ended, when its fixed term passes, and when it
//   changes to a plan of a product that the add-on is not for (SC-02; mission S6, S7); what has not
//   begun by then ends as it would have begun;
// - is paused with it;
// - with `align: bundle`, moves to the billing day that the base moves to, from the end of the
//   add-on's own period that is running then; and to the base's periods at once when it changes to
//   such a plan from one with periods of its own. When it leaves such a plan it keeps the periods
//   that it has by then; a move of the base that still waits is the base's alone.
// Nothing of this is stored: what the base takes back, the add-on has back.

// The add-on as it is with that base.
Agreement FollowBase(Agreement addon, const Agreement& base, const billing::Catalog& catalog);
// An agreement whose choices or periods have changed: with what follows from them, of an add-on and
// its base, and of prices that stay (kept_price.h).
Agreement Settle(Agreement agreement, const billing::Catalog& catalog);

// All of them, each add-on after its base where that is among them.
std::vector<Agreement> WithBases(std::vector<Agreement> agreements,
                                 const billing::Catalog& catalog);

// Whether on `day` a product may be an add-on to a subscription that is on `base`.
bool Fits(const billing::Product& addon, const billing::Plan& base, Date day);

// Whether the plan that was chosen has its base's periods.
bool IsBilledWithBase(const Choice& choice, const billing::Catalog& catalog);
// An add-on that is billed with its base has no periods of its own.
bool HasBasesPeriods(const Agreement& agreement, const Choice& choice,
                     const billing::Catalog& catalog);

}  // namespace livery::subscriptions
