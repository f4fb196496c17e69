#pragma once

#include <functional>
#include <string>
#include <vector>

#include <livery/db/database.h>
#include <livery/result.h>
#include <livery/time/clock.h>

#include "domain/changes.h"
#include "domain/subscription.h"

namespace livery::subscriptions {

// What is agreed when a subscription begins.
struct NewSubscription {
    AccountId account;
    std::optional<SubscriptionId> base;
    std::string product;
    std::string plan;
    std::int64_t quantity = 1;
    Frequency frequency = Frequency::kMonth;
    std::string site;
    Money unit_price;
    int trial_days = 0;
    int discount_months = 0;  // first months at `discount_price`
    std::optional<Money> discount_price;
};

// The use cases that change subscriptions. Each is one transaction: the new state, a line of
// history, and the word that the account's pages are out of date. Thread: any.
class SubscriptionDesk {
 public:
    SubscriptionDesk(db::Database& database, const Clock& clock, IdSource& ids)
        : database_(database), clock_(clock), ids_(ids) {}

    // kInvalidArgument: quantity, currency or phases make no sense. `today` is the tenant's day.
    Result<SubscriptionId> Start(const TenantId& tenant, const NewSubscription& wanted, Date today);

    // Applies a transition of domain/changes.h; kNotFound when there is no such subscription.
    using Transition = std::function<Result<Subscription>(Subscription)>;
    Result<void> Change(const TenantId& tenant, SubscriptionId id, const Transition& transition,
                        EventKind kind, const std::string& detail);

    // Lets the days from `from` (exclusive) to `to` (inclusive) pass for one subscription.
    void PassTime(const TenantId& tenant, SubscriptionId id, Date from, Date to);

 private:
    db::Database& database_;
    const Clock& clock_;
    IdSource& ids_;
};

}  // namespace livery::subscriptions
