#pragma once

#include <optional>
#include <string>

#include <livery/billing/catalog.h>
#include <livery/result.h>

#include "domain/agreement.h"

namespace livery::subscriptions {

// The transitions of an agreement. Each takes it as it is (an add-on: as it follows its base, see
// bundle.h) and returns it as it becomes, or an Error whose message (or first field's message) is
// the text key of the reason; none has an effect of its own. `now` is the account's civil time.

struct Beginning {
    SubscriptionId id;
    AccountId account;
    Currency currency;
    std::string site;
    std::string account_class;
    std::string plan;
    Decimal quantity{1};
    CivilTime at;
    int billing_day = 0;              // the account's; 0 = it has none
    std::optional<CivilTime> anchor;  // of the periods, when it is agreed and not derived
    const Agreement* base = nullptr;  // of an add-on
};
Result<Agreement> Begin(const billing::Catalog& catalog, const Beginning& beginning);

struct PlanChange {
    std::string plan;
    std::optional<Decimal> quantity;  // none = as before, and as changes of it that wait make it
    CivilTime now;
    // As the catalog says when none.
    std::optional<billing::ChangeRule::Timing> timing;
    std::string account_class = {};
    std::optional<CivilTime> on = std::nullopt;   // a day from today on, instead of the timing
    std::optional<bool> prorated = std::nullopt;  // as the catalog says when none
};
// `date_past`: `on` is before today. The price is that of the day on which the change is asked for.
// Takes the place of a change of plan that waits: see waiting_changes.h.
Result<Agreement> ChangePlan(Agreement agreement, const billing::Catalog& catalog,
                             const PlanChange& change);
struct QuantityChange {
    Decimal quantity;
    CivilTime now;
    bool at_end_of_term = false;
};
// When it takes effect.
CivilTime EffectOf(const AgreementView& view, const billing::Catalog& catalog,
                   const QuantityChange& change);
// A change of plan that waits comes in the new quantity.
Result<Agreement> ChangeQuantity(Agreement agreement, const billing::Catalog& catalog,
                                 const QuantityChange& change);
// Changes that lie ahead do not take place, nor what they would have done to the periods.
Result<Agreement> WithdrawChange(Agreement agreement, const billing::Catalog& catalog,
                                 CivilTime now);

struct Ending {
    enum class When { kNow, kEndOfTerm, kOn };
    When when = When::kEndOfTerm;
    std::optional<CivilTime> on;  // with kOn; at most two years after `now`
    std::string reason;
    CivilTime now;
};
// `nothing_changes`: it ends then already.
Result<Agreement> Cancel(Agreement agreement, const billing::Catalog& catalog,
                         const Ending& ending);
Result<Agreement> WithdrawCancel(Agreement agreement, const billing::Catalog& catalog,
                                 CivilTime now);

// An add-on is paused and resumed with its base alone: `paused_with_base`.
Result<Agreement> PauseFrom(Agreement agreement, const billing::Catalog& catalog,
                            const Pause& pause, CivilTime now);
Result<Agreement> Resume(Agreement agreement, const billing::Catalog& catalog, CivilTime now);

// Periods begin on `day` of the month: from the end of the one that is running, and at once for a
// plan that is changed to meanwhile (PR-08, PR-09). Before the first charge, from there (PR-06).
// `billing_day_fixed`: its periods are weeks, or the calendar's; `billing_day_of_base`: an add-on
// that is billed with its base.
Result<Agreement> MoveBillingDay(Agreement agreement, const billing::Catalog& catalog, int day,
                                 CivilTime now);

}  // namespace livery::subscriptions
