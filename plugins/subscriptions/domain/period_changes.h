#pragma once

#include <livery/billing/catalog.h>

#include "domain/agreement.h"

namespace livery::subscriptions {

// What changes of plan and of the billing day do to the periods of an agreement.

// When a plan is charged first whose phases begin at `from`: after what is free.
CivilTime FirstChargeOf(const billing::Plan& plan, Date day, CivilTime from);

// Where the period ends that runs `now`. Before anything is charged, where the first one begins.
CivilTime EndOfRunning(const AgreementView& view, const billing::Catalog& catalog, CivilTime now);

// Of a change of plan that was put into the agreement.
struct PeriodsOfChange {
    CivilTime from;   // the change's
    CivilTime start;  // the same, in the tenant's grain
    billing::ChangeRule::Anchor rule;
    Anchor agreed;           // the last that was agreed before, begun or not
    CivilTime charged_from;  // by the plan before
    CivilTime first_charge;  // by the new one
};
// A new period begins with it, or a billing day that waits (PR-08), or its first charge.
void ChangePeriods(Agreement& agreement, const PeriodsOfChange& change);

// The billing day that was put last comes already with changes of plan that wait and come before
// (PR-08), as it would had it been asked for first. One whose old price stays leaves the running
// period as it is.
void BringBillingDay(Agreement& agreement, const billing::Catalog& catalog, CivilTime now);

}  // namespace livery::subscriptions
