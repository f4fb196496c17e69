#include "domain/kept_price.h"

#include <algorithm>
#include <utility>

#include "domain/bundle.h"

namespace livery::subscriptions {

using billing::Catalog;

namespace {

// Whether something is charged for the period that holds `time`, so that there is what can stay.
bool IsCharged(const AgreementView& view, const Agreement& agreement, CivilTime time) {
    const Choice priced = view.PricedAt(time);
    const auto phase = view.PhaseOf(priced, time);
    return phase &&
           TermsOf(view.VersionAt(priced, time), *phase).recurring.contains(agreement.currency);
}

// The change that begins at `from`, and what of its quantity changes before the next plan.
template <class Function>
void ForEachOfPlan(Agreement& agreement, CivilTime from, const Function& function) {
    const std::string* plan = nullptr;
    for (Choice& choice : agreement.choices) {
        if (choice.from < from) continue;
        if (plan == nullptr) plan = &choice.plan;
        if (choice.plan != *plan) return;
        function(choice);
    }
}

// Before what was agreed for later: the last one that has begun holds.
void BeginPeriod(Agreement& agreement, const Catalog& catalog, CivilTime at, CivilTime change) {
    const AgreementView view(agreement, catalog);
    if (view.GridAt(at).NextOnOrAfter(at) == at) return;
    auto& anchors = agreement.anchors;
    const auto later = std::find_if(anchors.begin(), anchors.end(),
                                    [&](const Anchor& each) { return each.from > at; });
    anchors.insert(later, {at, at, view.AnchorAt(at).day, change});
}

// Whether a price stays with a change that was asked for before its day.
bool Waited(const Choice& choice) {
    return choice.price_until && choice.catalog_day < DayOf(choice.from);
}

void Forget(std::vector<Anchor>& anchors, CivilTime change) {
    std::erase_if(anchors, [&](const Anchor& anchor) { return anchor.with_change == change; });
}

}  // namespace

Agreement Until(Agreement agreement, CivilTime from) {
    const auto comes = [&](const Anchor& anchor) {
        return anchor.with_change && *anchor.with_change >= from;
    };
    std::erase_if(agreement.choices, [&](const Choice& choice) { return choice.from >= from; });
    std::erase_if(agreement.anchors, comes);
    if (agreement.from_base) std::erase_if(agreement.from_base->anchors, comes);
    return agreement;
}

std::optional<Decimal> UnitsThatBegin(const Agreement& agreement, CivilTime from) {
    const auto& choices = agreement.choices;
    for (std::size_t i = 1; i < choices.size(); ++i) {
        if (choices[i].from != from) continue;
        if (choices[i].price_until) return choices[i].price_until->quantity;
        if (choices[i].plan == choices[i - 1].plan) return choices[i].quantity;
    }
    return std::nullopt;
}

bool KeepPrice(Agreement& agreement, const Catalog& catalog, const KeptChange& change) {
    const Agreement& before = change.before;
    const CivilTime from = change.from;
    if (before.choices.empty()) return false;
    const AgreementView view(before, catalog);
    if (!IsCharged(view, before, from)) return false;
    const CivilTime at = view.Grain(from);
    const bool begins_one = change.waited && view.GridAt(at).NextOnOrAfter(at) == at;
    // A term that passes on this very day leaves no day on which its price could stay.
    const CivilTime ends = view.TermEnd(from);
    const CivilTime until = begins_one || view.Grain(ends) <= at ? at : ends;
    const Choice stays = view.PricedAt(from);
    ForEachOfPlan(agreement, from, [&](Choice& choice) {
        if (choice.from > from && choice.from >= until) return;
        const Decimal units =
            choice.from == from ? change.units.value_or(stays.quantity) : choice.quantity;
        choice.price_until = {until, stays.from,       stays.plan, stays.catalog_day,
                              units, stays.phases_from};
    });
    const auto begins = std::find_if(agreement.choices.begin(), agreement.choices.end(),
                                     [&](const Choice& choice) { return choice.from == from; });
    if (!HasBasesPeriods(agreement, *begins, catalog)) BeginPeriod(agreement, catalog, until, from);
    return true;
}

bool KeepPricesAgain(Agreement& agreement, const Catalog& catalog) {
    const auto& choices = agreement.choices;
    if (std::none_of(choices.begin(), choices.end(), Waited)) return false;
    const Agreement was = agreement;
    for (std::size_t i = 1; i < choices.size(); ++i) {
        const CivilTime from = choices[i].from;
        if (!Waited(choices[i]) || choices[i].plan == choices[i - 1].plan) continue;
        const Agreement before = Until(agreement, from);
        const Decimal units = choices[i].price_until->quantity;
        Forget(agreement.anchors, from);
        if (agreement.from_base) Forget(agreement.from_base->anchors, from);
        ForEachOfPlan(agreement, from, [](Choice& choice) { choice.price_until.reset(); });
        KeepPrice(agreement, catalog, {from, before, true, units});
    }
    return agreement.choices != was.choices || agreement.anchors != was.anchors;
}

}  // namespace livery::subscriptions
