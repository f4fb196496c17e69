#include "domain/agreement_choices.h"

#include <algorithm>

#include <livery/check.h>

namespace livery::subscriptions {

using billing::Catalog;
using billing::Plan;

// What waits besides, of its quantity, comes after.
const Choice& BeginOfPlan(const Agreement& changed, const std::string& plan, CivilTime now) {
    const auto begins = std::find_if(
        changed.choices.begin(), changed.choices.end(),
        [&](const Choice& choice) { return choice.from >= now && choice.plan == plan; });
    LIVERY_CHECK(begins != changed.choices.end(), "a change of plan that does not begin");
    return *begins;
}

CivilTime BeginOfBillingDay(const Agreement& changed, const Catalog& catalog, int day,
                            CivilTime now) {
    const CivilTime today = AgreementView(changed, catalog).Grain(now);
    CivilTime first = CivilTime::max();
    for (const Anchor& anchor : changed.anchors) {
        if (anchor.day == day && anchor.from >= today) first = std::min(first, anchor.from);
    }
    return first;
}

namespace {

// The plan as the agreement would have it from `from` on.
Offer OfferOf(const Plan& plan, const Agreement& agreement, const Catalog& catalog, CivilTime from,
              CivilTime now) {
    const AgreementView view(agreement, catalog);
    return {&plan, view.VersionAt(view.ChoiceAt(from), from).frequency,
            PricingAt(agreement, catalog, from), from, from <= now};
}

std::vector<Offer> PlansFor(const Agreement& agreement, const Catalog& catalog,
                            const Chooser& chooser, CivilTime now) {
    std::vector<Offer> offers;
    for (const auto& [id, plan] : catalog.plans) {
        if (!plan.IsOfferedTo(chooser.account_class)) continue;
        const auto changed = ChangePlan(
            agreement, catalog, {id, std::nullopt, now, std::nullopt, chooser.account_class});
        if (!changed) continue;
        const Choice& begins = BeginOfPlan(*changed, id, now);
        const CivilTime from = begins.from;
        offers.push_back(OfferOf(plan, *changed, catalog, from, now));
        if (begins.price_until && begins.price_until->until > from)
            offers.back().price_from = begins.price_until->until;
    }
    return offers;
}

std::vector<Offer> AddonsFor(const Agreement& base, const Catalog& catalog, const Chooser& chooser,
                             CivilTime now) {
    std::vector<Offer> offers;
    for (const auto& [id, plan] : catalog.plans) {
        if (!plan.listed || plan.retired || !catalog.ProductOf(plan).IsAddon()) continue;
        const Beginning beginning{SubscriptionId(),      base.account, base.currency, base.site,
                                  chooser.account_class, id,           Decimal(1),    now,
                                  chooser.billing_day,   std::nullopt, &base};
        const auto begun = Begin(catalog, beginning);
        if (!begun) continue;
        offers.push_back(OfferOf(plan, *begun, catalog, now, now));
    }
    return offers;
}

bool MayChangeQuantity(const Agreement& agreement, const Catalog& catalog, CivilTime now,
                       bool at_end_of_term) {
    const AgreementView view(agreement, catalog);
    const CivilTime from = at_end_of_term ? view.TermEnd(now) : now;
    const Decimal current = view.ChoiceAt(from).quantity;
    const Decimal other = current == Decimal(1) ? Decimal(2) : Decimal(1);
    return ChangeQuantity(agreement, catalog, {other, now, at_end_of_term}).has_value();
}

std::optional<CivilTime> BillingDayMovesAt(const Agreement& agreement, const Catalog& catalog,
                                           CivilTime now) {
    const int other = AgreementView(agreement, catalog).BillingDay() == 1 ? 2 : 1;
    const auto moved = MoveBillingDay(agreement, catalog, other, now);
    return moved ? std::optional(BeginOfBillingDay(*moved, catalog, other, now)) : std::nullopt;
}

// A cancellation that moves no end is none.
bool MayCancel(const Agreement& agreement, const Catalog& catalog, CivilTime now) {
    const auto cancelled =
        Cancel(agreement, catalog, {Ending::When::kEndOfTerm, std::nullopt, "", now});
    return cancelled && AgreementView(*cancelled, catalog).StopsAt() !=
                            AgreementView(agreement, catalog).StopsAt();
}

}  // namespace

AgreementChoices ChoicesOf(const Agreement& agreement, const Catalog& catalog,
                           const Chooser& chooser, CivilTime now) {
    AgreementChoices choices;
    choices.plans = PlansFor(agreement, catalog, chooser, now);
    choices.addons = AddonsFor(agreement, catalog, chooser, now);
    choices.may_change_quantity = MayChangeQuantity(agreement, catalog, now, false);
    choices.may_change_quantity_at_term_end = MayChangeQuantity(agreement, catalog, now, true);
    choices.may_withdraw_change = WithdrawChange(agreement, catalog, now).has_value();
    choices.may_pause = PauseFrom(agreement, catalog, {now, std::nullopt}, now).has_value();
    choices.may_resume = Resume(agreement, catalog, now).has_value();
    choices.may_cancel = MayCancel(agreement, catalog, now);
    choices.may_withdraw_cancel = WithdrawCancel(agreement, catalog, now).has_value();
    choices.billing_day_moves_at = BillingDayMovesAt(agreement, catalog, now);
    return choices;
}

billing::Pricing PricingAt(const Agreement& agreement, const Catalog& catalog, CivilTime time) {
    const AgreementView view(agreement, catalog);
    const Choice& choice = view.ChoiceAt(time);
    const billing::PlanVersion& version = view.VersionAt(choice, time);
    const auto phase = view.PhaseOf(choice, time);
    if (!phase) return {};
    return PricingOf(version, agreement.currency, PlaceIn(version, *phase));
}

}  // namespace livery::subscriptions
