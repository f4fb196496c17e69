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
    Length frequency;                     // of the same version as its price
    billing::Pricing pricing;
    CivilTime effective_at;
    bool is_immediate = true;                            // effective now
    std::optional<CivilTime> price_from = std::nullopt;  // when it is not paid for from then on
};

struct AgreementChoices {
    std::vector<Offer> plans;   // it may change to
    std::vector<Offer> addons;  // that may join it
    bool may_change_quantity = false;
    bool may_change_quantity_at_term_end = false;
    bool may_withdraw_change = false;
    bool may_pause = false;
    bool may_resume = false;
    bool may_cancel = false;  // at the end of its term
    bool may_withdraw_cancel = false;
    std::optional<CivilTime> billing_day_moves_at;  // none = it cannot be moved
};

// Who asks: what plans the account may have, and its billing day.
struct Chooser {
    std::string account_class;
    int billing_day = 0;
};

AgreementChoices ChoicesOf(const Agreement& agreement, const billing::Catalog& catalog,
                           const Chooser& chooser, CivilTime now);

// Of a change that was made `now`: when that plan begins; when that billing day does.
const Choice& BeginOfPlan(const Agreement& changed, const std::string& plan, CivilTime now);
CivilTime BeginOfBillingDay(const Agreement& changed, const billing::Catalog& catalog, int day,
                            CivilTime now);

// How one unit is paid for in the phase that holds `time`; by nothing when all phases are over.
billing::Pricing PricingAt(const Agreement& agreement, const billing::Catalog& catalog,
                           CivilTime time);

}  // namespace livery::subscriptions
