#pragma once

#include <string>

#include <livery/billing/policies.h>

#include "domain/account_book.h"
#include "domain/agreement.h"

namespace livery::property {

// The reference: what a subscription's billed time and money must be, said without periods' code,
// by looking at each stretch between any two moments at which anything changes.
struct Expectation {
    const subscriptions::Agreement& agreement;  // as it was agreed
    const subscriptions::Agreement* base;       // of an add-on
    const billing::Catalog& catalog;
    CivilTime now;
};

// I7: after a billing run, time that was charged and not given back is the active time: no gap, no
// overlap, nothing outside. "" or what is wrong.
std::string BrokenTiling(const Expectation& expected, const invoices::AccountBook& book);

// What was charged less what was given back is price × time, within half a minor unit a line.
std::string BrokenSum(const Expectation& expected, const invoices::AccountBook& book);

}  // namespace livery::property
