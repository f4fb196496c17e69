#include "domain/agreement_choices.h"

#include <algorithm>

namespace livery::subscriptions {

using billing::Catalog;
using billing::ChangeRule;
using billing::Plan;

namespace {

std::vector<Offer> PlansFor(const Agreement& agreement, const Catalog& catalog,
                            const Chooser& chooser, CivilTime now) {
    std::vector<Offer> offers;
    const Plan& current = *catalog.FindPlan(AgreementView(agreement, catalog).ChoiceAt(now).plan);
    const Date today = DayOf(now);
    for (const auto& [id, plan] : catalog.plans) {
        if (!plan.IsOfferedTo(chooser.account_class)) continue;
        const auto changed = ChangePlan(agreement, catalog, {id, std::nullopt, now, std::nullopt});
        if (!changed) continue;
        const CivilTime from = changed->choices.back().from;
        const ChangeRule rule = catalog.RuleFor(current, plan, agreement.currency, today);
        offers.push_back({&plan, UnitPriceAt(*changed, catalog, from).value_or(Decimal()), from,
                          rule.timing == ChangeRule::Timing::kImmediate});
    }
    return offers;
}

std::vector<Offer> AddonsFor(const Agreement& base, const Catalog& catalog, const Chooser& chooser,
                             CivilTime now) {
    std::vector<Offer> offers;
    for (const auto& [id, plan] : catalog.plans) {
        if (!plan.listed || !catalog.ProductOf(plan).IsAddon()) continue;
        const Beginning beginning{SubscriptionId(),      base.account, base.currency, base.site,
                                  chooser.account_class, id,           Decimal(1),    now,
                                  chooser.billing_day,   std::nullopt, &base};
        const auto begun = Begin(catalog, beginning);
        if (!begun) continue;
        offers.push_back({&plan, UnitPriceAt(*begun, catalog, now).value_or(Decimal()), now, true});
    }
    return offers;
}

bool MayChangeQuantity(const Agreement& agreement, const Catalog& catalog, CivilTime now) {
    const Decimal current = AgreementView(agreement, catalog).ChoiceAt(now).quantity;
    const Decimal other = current == Decimal(1) ? Decimal(2) : Decimal(1);
    return ChangeQuantity(agreement, catalog, other, now).has_value();
}

// A cancellation that moves no end is none.
bool MayCancel(const Agreement& agreement, const Catalog& catalog, CivilTime now) {
    const auto cancelled =
        Cancel(agreement, catalog, {Ending::When::kEndOfTerm, std::nullopt, "", now});
    return cancelled && cancelled->ends_at != agreement.ends_at;
}

}  // namespace

AgreementChoices ChoicesOf(const Agreement& agreement, const Catalog& catalog,
                           const Chooser& chooser, CivilTime now) {
    AgreementChoices choices;
    choices.plans = PlansFor(agreement, catalog, chooser, now);
    choices.addons = AddonsFor(agreement, catalog, chooser, now);
    choices.may_change_quantity = MayChangeQuantity(agreement, catalog, now);
    choices.may_withdraw_change = WithdrawChange(agreement, now).has_value();
    choices.may_pause = PauseFrom(agreement, catalog, {now, std::nullopt}, now).has_value();
    choices.may_resume = Resume(agreement, catalog, now).has_value();
    choices.may_cancel = MayCancel(agreement, catalog, now);
    choices.may_withdraw_cancel = WithdrawCancel(agreement, catalog, now).has_value();
    return choices;
}

std::optional<Decimal> UnitPriceAt(const Agreement& agreement, const Catalog& catalog,
                                   CivilTime time) {
    const AgreementView view(agreement, catalog);
    const Choice& choice = view.ChoiceAt(time);
    const auto& phases = view.VersionAt(choice, time).phases;
    for (const DatedPhase& phase : view.PhasesOf(choice)) {
        if (phase.to && *phase.to <= time) continue;
        const auto number = std::min(static_cast<std::size_t>(phase.number), phases.size() - 1);
        const auto price = phases[number].recurring.find(agreement.currency);
        if (price != phases[number].recurring.end()) return price->second;
    }
    return std::nullopt;
}

}  // namespace livery::subscriptions
