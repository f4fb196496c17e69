#include "domain/period_changes.h"

#include <algorithm>

#include "domain/bundle.h"

namespace livery::subscriptions {

using billing::Catalog;
using billing::ChangeRule;

CivilTime FirstChargeOf(const billing::Plan& plan, Date day, CivilTime from) {
    for (const billing::Phase& phase : plan.VersionOn(day).phases) {
        if (!phase.recurring.empty() || !phase.length) break;
        from = from + *phase.length;
    }
    return from;
}

CivilTime EndOfRunning(const AgreementView& view, const Catalog& catalog, CivilTime now) {
    const CivilTime today = view.Grain(now);
    const Choice& choice = view.ChoiceAt(now);
    const CivilTime first =
        FirstChargeOf(PlanOf(catalog, choice.plan), choice.catalog_day, choice.phases_from);
    const CivilTime origin = view.AnchorAt(today).origin;
    // An origin that lies ahead is none by itself: a billing day that waited came with a new plan.
    const bool is_charged = origin <= today || view.Grain(first) <= today;
    return is_charged ? view.GridAt(now).Enclosing(today).to : origin;
}

void ChangePeriods(Agreement& agreement, const PeriodsOfChange& change) {
    const auto put = [&](CivilTime origin, int day) {
        agreement.anchors.push_back({change.start, origin, day, change.from});
    };
    if (change.rule == ChangeRule::Anchor::kRestart) return put(change.start, 0);
    // A billing day that waits begins with the new plan.
    if (change.agreed.from > change.start) put(change.agreed.origin, change.agreed.day);
    // Nothing was charged yet: the first charge is when the new plan's trial ends.
    if (change.agreed.day == 0 && change.start < change.charged_from) put(change.first_charge, 0);
}

void BringBillingDay(Agreement& agreement, const Catalog& catalog, CivilTime now) {
    const Anchor moved = agreement.anchors.back();
    const AgreementView view(agreement, catalog);
    const auto& choices = agreement.choices;
    for (std::size_t i = 1; i < choices.size(); ++i) {
        const CivilTime from = choices[i].from;
        const bool is_before = from > now && view.Grain(from) < moved.from;
        const bool is_shared = choices[i].plan != choices[i - 1].plan && !choices[i].price_until;
        if (!is_before || !is_shared || HasBasesPeriods(agreement, choices[i], catalog)) continue;
        std::erase_if(agreement.anchors,
                      [&](const Anchor& anchor) { return anchor.with_change == from; });
        agreement.anchors.push_back({view.Grain(from), moved.origin, moved.day, from});
    }
}

}  // namespace livery::subscriptions
