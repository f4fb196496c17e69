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

}  // namespace

std::optional<CivilTime> KeepPrice(Agreement& agreement, const Catalog& catalog, CivilTime from,
                                   CivilTime now) {
    Agreement before = agreement;
    std::erase_if(before.choices, [&](const Choice& choice) { return choice.from >= from; });
    if (before.choices.empty()) return std::nullopt;
    const AgreementView view(before, catalog);
    const CivilTime at = view.Grain(from);
    if (!IsCharged(view, before, from)) return std::nullopt;
    const bool begins_one = from > now && view.GridAt(at).NextOnOrAfter(at) == at;
    const CivilTime until = begins_one ? at : view.TermEnd(from);
    const Choice stays = view.PricedAt(from);
    for (Choice& choice : agreement.choices) {
        if (choice.from < from || (choice.from > from && choice.from >= until)) continue;
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

Agreement KeepPricesThatWait(Agreement agreement, const Catalog& catalog, CivilTime now) {
    agreement = FollowAgain(std::move(agreement), catalog);
    auto& choices = agreement.choices;
    for (std::size_t i = 1; i < choices.size(); ++i) {
        const bool changes = choices[i].plan != choices[i - 1].plan;
        if (choices[i].from <= now || !choices[i].price_until || !changes) continue;
        const CivilTime from = choices[i].from;
        std::erase_if(agreement.anchors,
                      [&](const Anchor& anchor) { return anchor.with_change == from; });
        for (std::size_t later = i; later < choices.size(); ++later)
            choices[later].price_until.reset();
        agreement = FollowAgain(std::move(agreement), catalog);
        const auto begins = KeepPrice(agreement, catalog, from, now);
        const bool with_base = HasBasesPeriods(agreement, choices[i], catalog);
        if (begins && !with_base) BeginPeriod(agreement, catalog, *begins, from);
    }
    return agreement;
}

}  // namespace livery::subscriptions
