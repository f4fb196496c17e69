#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/agreement_changes.h"

namespace livery::subscriptions {

// What may be done with an agreement now. Everything here was found by trying the transition on a
// copy, so that what is offered and what is refused cannot disagree.

struct Offer {
    const billing::Plan* plan = nullptr;  // of the catalog
    Decimal unit_price;                   // of the first phase in which something recurs
    CivilTime effective_at;
    bool is_immediate = true;
};

struct AgreementChoices {
    std::vector<Offer> plans;   // it may change to
    std::vector<Offer> addons;  // that may join it
    bool may_change_quantity = false;
    bool may_withdraw_change = false;
    bool may_pause = false;
    bool may_resume = false;
    bool may_cancel = false;  // at the end of its term
    bool may_withdraw_cancel = false;
};

// Who asks: what plans the account may have, and its billing day.
struct Chooser {
    std::string account_class;
    int billing_day = 0;
};

AgreementChoices ChoicesOf(const Agreement& agreement, const billing::Catalog& catalog,
                           const Chooser& chooser, CivilTime now);

// What one unit costs each period in the phase that holds `time`, or in the first later one in
// which something recurs (a trial's price is what comes after it). nullopt when nothing recurs.
std::optional<Decimal> UnitPriceAt(const Agreement& agreement, const billing::Catalog& catalog,
                                   CivilTime time);

}  // namespace livery::subscriptions
