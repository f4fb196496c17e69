#include "app/subscription_desk.h"

#include "storage/subscription_repository.h"

namespace livery::subscriptions {

namespace {

std::vector<Phase> PhasesOf(const NewSubscription& wanted, Date start) {
    std::vector<Phase> phases;
    const Money nothing(0, wanted.unit_price.currency());
    Date next = start;
    const auto add = [&](PhaseKind kind, Date to, Money price) {
        phases.push_back({kind, next, to, price});
        next = to;
    };
    if (wanted.trial_days > 0)
        add(PhaseKind::kTrial, start + std::chrono::days(wanted.trial_days), nothing);
    if (wanted.discount_months > 0 && wanted.discount_price) {
        add(PhaseKind::kDiscount, AddMonths(next, wanted.discount_months), *wanted.discount_price);
    }
    phases.push_back({PhaseKind::kEvergreen, next, std::nullopt, wanted.unit_price});
    return phases;
}

Result<void> Check(const NewSubscription& wanted) {
    if (wanted.quantity < 1 || wanted.quantity > 100'000)
        return InvalidField("quantity", "error.quantity");
    if (wanted.product.empty() || wanted.plan.empty()) return InvalidField("plan", "error.plan");
    if (wanted.discount_price &&
        wanted.discount_price->currency() != wanted.unit_price.currency()) {
        return InvalidField("plan", "error.currency");
    }
    return {};
}

}  // namespace

Result<SubscriptionId> SubscriptionDesk::Start(const TenantId& tenant,
                                               const NewSubscription& wanted, Date today) {
    LIVERY_TRY(Check(wanted));
    Subscription subscription;
    subscription.id = SubscriptionId(ids_.Next());
    subscription.account = wanted.account;
    subscription.base = wanted.base;
    subscription.product = wanted.product;
    subscription.plan = wanted.plan;
    subscription.state = wanted.trial_days > 0 ? State::kTrial : State::kActive;
    subscription.quantity = wanted.quantity;
    subscription.frequency = wanted.frequency;
    subscription.site = wanted.site;
    subscription.started_on = today;
    subscription.phases = PhasesOf(wanted, today);
    const Uuid event = ids_.Next();
    database_.Transact(tenant, [&](db::Transaction& tx) {
        SubscriptionRepository::Insert(tx, subscription);
        SubscriptionRepository::AddEvent(tx, subscription.id, event,
                                         {EventKind::kStarted, clock_.Now(), wanted.plan});
        tx.Touch(SubjectOf(wanted.account));
    });
    return subscription.id;
}

Result<void> SubscriptionDesk::Change(const TenantId& tenant, SubscriptionId id,
                                      const Transition& transition, EventKind kind,
                                      const std::string& detail) {
    const Uuid event = ids_.Next();
    Result<void> outcome;
    database_.Transact(tenant, [&](db::Transaction& tx) {
        const auto found = SubscriptionRepository::FindForUpdate(tx, id);
        if (!found) {
            outcome = NotFound("no such subscription");
            return;
        }
        auto changed = transition(*found);
        if (!changed) {
            outcome = changed.error();
            return;
        }
        outcome = {};
        SubscriptionRepository::Update(tx, *changed);
        SubscriptionRepository::AddEvent(tx, id, event, {kind, clock_.Now(), detail});
        tx.Touch(SubjectOf(found->account));
    });
    return outcome;
}

void SubscriptionDesk::PassTime(const TenantId& tenant, SubscriptionId id, Date from, Date to) {
    database_.Transact(tenant, [&](db::Transaction& tx) {
        const auto found = SubscriptionRepository::FindForUpdate(tx, id);
        if (!found) return;
        const Passage passage = subscriptions::PassTime(*found, from, to);
        if (passage.steps.empty()) return;
        SubscriptionRepository::Update(tx, passage.subscription);
        for (const Passage::Step& step : passage.steps) {
            SubscriptionRepository::AddEvent(tx, id, ids_.Next(),
                                             {step.kind, Instant(step.on), ""});
        }
        tx.Touch(SubjectOf(found->account));
    });
}

}  // namespace livery::subscriptions
