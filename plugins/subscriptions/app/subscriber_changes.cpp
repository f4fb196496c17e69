#include "app/subscriber_changes.h"

#include "domain/agreement_choices.h"

namespace livery::subscriptions {

namespace {

using billing::Catalog;
using Asked = SubscriptionChange;

// The transition for each thing that may be asked.
struct TransitionOf {
    const Agreement& agreement;
    const Catalog& catalog;
    CivilTime now;
    const std::string& account_class;

    Result<Agreement> operator()(const Asked::Plan& asked) {
        return ChangePlan(agreement, catalog,
                          {asked.plan, asked.quantity, now, std::nullopt, account_class, asked.on});
    }
    Result<Agreement> operator()(const Asked::Quantity& asked) {
        return ChangeQuantity(agreement, catalog, {asked.quantity, now, asked.at_end_of_term});
    }
    Result<Agreement> operator()(const Asked::WithdrawChange&) {
        return WithdrawChange(agreement, catalog, now);
    }
    Result<Agreement> operator()(const Asked::Pause& asked) {
        return PauseFrom(agreement, catalog, {asked.from.value_or(now), asked.until}, now);
    }
    Result<Agreement> operator()(const Asked::Resume&) { return Resume(agreement, catalog, now); }
    Result<Agreement> operator()(const Asked::Cancel& asked) {
        auto when = asked.now ? Ending::When::kNow : Ending::When::kEndOfTerm;
        if (asked.on) when = Ending::When::kOn;
        return Cancel(agreement, catalog, {when, asked.on, asked.reason, now});
    }
    Result<Agreement> operator()(const Asked::WithdrawCancel&) {
        return WithdrawCancel(agreement, catalog, now);
    }
    Result<Agreement> operator()(const Asked::BillingDay& asked) {
        return MoveBillingDay(agreement, catalog, asked.day, now);
    }
};

// When what was asked for takes effect, of an agreement as it was and as it became.
struct EffectOfAsked {
    const Agreement& before;
    const Agreement& after;
    const Catalog& catalog;
    CivilTime now;

    CivilTime operator()(const Asked::Plan& asked) {
        return BeginOfPlan(after, asked.plan, now).from;
    }
    CivilTime operator()(const Asked::Quantity& asked) {
        return EffectOf(AgreementView(before, catalog), catalog,
                        {asked.quantity, now, asked.at_end_of_term});
    }
    CivilTime operator()(const Asked::Cancel& asked) {
        if (asked.on) return *asked.on;
        return asked.now ? now : AgreementView(before, catalog).TermEnd(now);
    }
    CivilTime operator()(const Asked::BillingDay& asked) {
        return BeginOfBillingDay(after, catalog, asked.day, now);
    }
    template <class AtOnce>
    CivilTime operator()(const AtOnce&) {
        return now;
    }
};

std::vector<SubscriptionChoices::PlanOffer> ShownOf(const std::vector<Offer>& offers,
                                                    const Catalog& catalog) {
    std::vector<SubscriptionChoices::PlanOffer> shown;
    for (const Offer& offer : offers) {
        shown.push_back({offer.plan->id, offer.plan->name, catalog.ProductOf(*offer.plan).name,
                         offer.frequency, offer.pricing, offer.effective_at, offer.is_immediate,
                         offer.price_from});
    }
    return shown;
}

SubscriptionChoices Shown(const Agreement& agreement, const Catalog& catalog,
                          const AgreementChoices& choices, CivilTime now) {
    const AgreementView view(agreement, catalog);
    const Choice& current = view.ChoiceAt(now);
    const billing::Plan& plan = PlanOf(catalog, current.plan);
    SubscriptionChoices shown{agreement.id,
                              plan.id,
                              plan.name,
                              catalog.ProductOf(plan).name,
                              agreement.site,
                              std::string(ToString(view.StateAt(now))),
                              current.quantity,
                              agreement.currency,
                              agreement.base.has_value(),
                              view.TermEnd(now),
                              ShownOf(choices.plans, catalog),
                              ShownOf(choices.addons, catalog)};
    shown.quantity_changes_at = EffectOf(view, catalog, {current.quantity, now, false});
    shown.may_change_quantity = choices.may_change_quantity;
    shown.may_change_quantity_at_term_end = choices.may_change_quantity_at_term_end;
    shown.may_withdraw_change = choices.may_withdraw_change;
    shown.may_pause = choices.may_pause;
    shown.may_resume = choices.may_resume;
    shown.may_cancel = choices.may_cancel;
    shown.may_withdraw_cancel = choices.may_withdraw_cancel;
    shown.billing_day = view.BillingDay();
    shown.billing_day_moves_at = choices.billing_day_moves_at;
    return shown;
}

}  // namespace

Result<void> SubscriberChanges::CheckOffered(db::Transaction& tx, const std::string& id,
                                             const std::string& account_class) {
    const auto catalog = catalogs_.Of(tx.tenant());
    const billing::Plan* plan = catalog->FindPlan(id);
    if (plan == nullptr) return InvalidField("plan", "error.no_such_plan");
    if (!plan->IsOfferedTo(account_class))
        return InvalidField("plan", "error.not_for_this_account");
    return {};
}

Result<SubscriptionChanged> SubscriberChanges::Change(db::Transaction& tx, AccountId account,
                                                      SubscriptionId id,
                                                      const SubscriptionChange& change,
                                                      CivilTime now) {
    std::string account_class;
    if (const auto* plan = std::get_if<Asked::Plan>(&change.what)) {
        account_class = LIVERY_TRY(profiles_.Of(tx, account)).account_class;
        LIVERY_TRY(CheckOffered(tx, plan->plan, account_class));
    }
    SubscriptionChanged changed{};
    const auto make = [&](const Agreement& agreement, const Catalog& catalog) -> Result<Agreement> {
        Agreement after = LIVERY_TRY(
            std::visit(TransitionOf{agreement, catalog, now, account_class}, change.what));
        const CivilTime at = std::visit(EffectOfAsked{agreement, after, catalog, now}, change.what);
        changed = {at, AgreementView(after, catalog).ChoiceAt(at).quantity};
        return after;
    };
    LIVERY_TRY(desk_.Change(tx, account, id, make));
    return changed;
}

Result<SubscriptionChoices> SubscriberChanges::ChoicesOf(db::Transaction& tx, AccountId account,
                                                         SubscriptionId id, CivilTime now) {
    const Agreement agreement = LIVERY_TRY(desk_.Owned(tx, account, id));
    const BillingProfile profile = LIVERY_TRY(profiles_.Of(tx, account));
    const auto catalog = catalogs_.Of(tx.tenant());
    const Chooser chooser{profile.account_class, profile.billing_day};
    return Shown(agreement, *catalog, subscriptions::ChoicesOf(agreement, *catalog, chooser, now),
                 now);
}

}  // namespace livery::subscriptions
