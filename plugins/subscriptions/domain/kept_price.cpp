#include "domain/kept_price.h"

#include <algorithm>

namespace livery::subscriptions {

using billing::Catalog;

namespace {

// Whether something is charged for the period that holds `time`, so that there is what can stay.
bool IsCharged(const AgreementView& view, const Agreement& agreement, CivilTime time) {
    const Choice priced = view.PricedAt(time);
    const auto& phases = view.VersionAt(priced, time).phases;
    for (const DatedPhase& phase : view.PhasesOf(priced)) {
        if (phase.to && *phase.to <= time) continue;
        const auto number = std::min(static_cast<std::size_t>(phase.number), phases.size() - 1);
        return phases[number].recurring.contains(agreement.currency);
    }
    return false;
}

}  // namespace

std::optional<CivilTime> KeepPrice(Agreement& agreement, const Catalog& catalog, CivilTime from,
                                   CivilTime now) {
    Agreement before = agreement;
    std::erase_if(before.choices, [&](const Choice& choice) { return choice.from >= from; });
    if (before.choices.empty()) return std::nullopt;
    const AgreementView view(before, catalog);
    const CivilTime at = view.Grain(from);
    if (!IsCharged(view, before, from)) return std::nullopt;
    if (from > now && view.GridAt(at).NextOnOrAfter(at) == at) return at;
    const CivilTime until = view.TermEnd(from);
    const Choice stays = view.PricedAt(from);
    for (Choice& choice : agreement.choices) {
        if (choice.from < from || choice.from >= until) continue;
        const Decimal units = choice.from == from ? stays.quantity : choice.quantity;
        choice.price_until = {until, stays.from,       stays.plan, stays.catalog_day,
                              units, stays.phases_from};
    }
    return until;
}

void BeginPeriod(Agreement& agreement, const Catalog& catalog, CivilTime at, CivilTime change) {
    const AgreementView view(agreement, catalog);
    if (view.GridAt(at).NextOnOrAfter(at) == at) return;
    agreement.anchors.push_back({at, at, view.AnchorAt(at).day, change});
}

}  // namespace livery::subscriptions
