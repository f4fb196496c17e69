#include "domain/bundle.h"

#include <algorithm>
#include <map>

namespace livery::subscriptions {

using billing::BillingAlignment;
using billing::Catalog;
using billing::Plan;

namespace {

const Plan& PlanAt(const AgreementView& view, const Catalog& catalog, CivilTime time) {
    return *catalog.FindPlan(view.ChoiceAt(time).plan);
}

// When the base changes to a product that the add-on is not for. A catalog that no longer allows
// the pair ends none: who has both keeps them.
std::optional<CivilTime> MisfitOf(const Agreement& addon, const Agreement& base,
                                  const Catalog& catalog) {
    const AgreementView view(addon, catalog);
    const AgreementView of_base(base, catalog);
    const Plan* before = nullptr;
    for (const Choice& choice : base.choices) {
        if (!of_base.IsReached(choice)) break;
        const Plan& plan = *catalog.FindPlan(choice.plan);
        const bool changes = before != nullptr && before->product != plan.product;
        before = &plan;
        // At the very moment of the beginning it came after: the add-on was sold, so it fitted.
        if (!changes || choice.from < addon.started_at) continue;
        const Plan& extra = PlanAt(view, catalog, choice.from);
        if (!Fits(catalog.ProductOf(extra), plan)) return choice.from;
    }
    return std::nullopt;
}

std::vector<Pause> PausesOf(const Agreement& addon, const Agreement& base) {
    std::vector<Pause> pauses;
    for (const Pause& pause : base.pauses) {
        if (pause.to && *pause.to <= addon.started_at) continue;
        pauses.push_back({std::max(pause.from, addon.started_at), pause.to});
    }
    return pauses;
}

// Into addon.from_base->anchors, one after the other: where a period ends depends on those before.
void MoveWithBase(Agreement& addon, const Agreement& base, const Catalog& catalog) {
    const AgreementView of_base(base, catalog);
    const AgreementView view(addon, catalog);
    for (const Anchor& moved : base.anchors) {
        const bool holds = &of_base.AnchorAt(moved.from) == &moved;
        if (!holds || moved.from <= view.Grain(addon.started_at)) continue;
        if (PlanAt(view, catalog, moved.from).billing_alignment != BillingAlignment::kBundle)
            continue;
        const CivilTime running = moved.from - std::chrono::seconds(1);
        const CivilTime from = view.GridAt(running).NextOnOrAfter(moved.from);
        const CivilTime origin = moved.day > 0 ? from : moved.origin;
        // Before what the add-on agreed on for later: the last one that has begun holds.
        auto& anchors = addon.from_base->anchors;
        const auto later = std::find_if(anchors.begin(), anchors.end(),
                                        [&](const Anchor& own) { return own.from > from; });
        anchors.insert(later, {from, origin, moved.day});
    }
}

}  // namespace

bool Fits(const billing::Product& addon, const Plan& base) {
    return std::find(addon.addon_to.begin(), addon.addon_to.end(), base.product) !=
           addon.addon_to.end();
}

Agreement FollowBase(Agreement addon, const Agreement& base, const Catalog& catalog) {
    addon.from_base.reset();
    FromBase follows;
    const AgreementView of_base(base, catalog);
    const auto end_by = [&](const std::optional<CivilTime>& end, bool expires) {
        if (!end) return;
        // What has not begun ends as it would have begun.
        const CivilTime at = std::max(*end, addon.started_at);
        if (follows.ends_at && *follows.ends_at <= at) return;
        follows.ends_at = at;
        follows.expires = expires;
    };
    end_by(of_base.StopsAt(), false);
    end_by(MisfitOf(addon, base, catalog), false);
    end_by(of_base.EndsAt(), true);
    follows.choices = base.choices;
    follows.anchors = addon.anchors;
    follows.pauses = PausesOf(addon, base);
    addon.from_base = std::move(follows);
    MoveWithBase(addon, base, catalog);
    return addon;
}

std::vector<Agreement> WithBases(std::vector<Agreement> agreements, const Catalog& catalog) {
    std::map<SubscriptionId, const Agreement*> bases;
    for (const Agreement& agreement : agreements) {
        if (agreement.base) bases.emplace(*agreement.base, nullptr);
    }
    for (const Agreement& agreement : agreements) {
        if (const auto base = bases.find(agreement.id); base != bases.end())
            base->second = &agreement;
    }
    for (Agreement& agreement : agreements) {
        if (!agreement.base) continue;
        if (const Agreement* base = bases.at(*agreement.base))
            agreement = FollowBase(std::move(agreement), *base, catalog);
    }
    return agreements;
}

}  // namespace livery::subscriptions
