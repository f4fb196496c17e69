#pragma once

#include <optional>
#include <string>
#include <vector>

#include <livery/db/database.h>

#include "domain/changes.h"
#include "domain/subscription.h"

namespace livery::subscriptions {

// Which part of an account's list to read. Bundles (a base with its add-ons) come newest first and
// are never cut; `before` is the bundle that the last page ended with.
struct ListQuery {
    std::optional<State> state;
    std::optional<SubscriptionId> before;
    std::size_t limit = 50;
};

struct ListPage {
    std::vector<Subscription> rows;  // each base followed by its add-ons
    std::int64_t total = 0;          // of all pages, under the same filter
    std::optional<SubscriptionId> next;
};

// All SQL of subscriptions. Reads that serve a page take the Database (one round trip each);
// changes take the caller's transaction.
class SubscriptionRepository {
 public:
    static ListPage ListOwned(db::Database& database, const TenantId& tenant, AccountId account,
                              const ListQuery& query);
    // The whole bundle of the subscription, base first; empty when it is not there or not theirs.
    static std::vector<Subscription> FindBundleOwned(db::Database& database, const TenantId& tenant,
                                                     AccountId account, SubscriptionId id);
    static std::vector<Event> ListEvents(db::Database& database, const TenantId& tenant,
                                         SubscriptionId id);

    static void Insert(db::Transaction& tx, const Subscription& subscription);
    // For a change: locks the row until the transaction ends.
    static std::optional<Subscription> FindForUpdate(db::Transaction& tx, SubscriptionId id);
    static void Update(db::Transaction& tx, const Subscription& subscription);
    static void AddEvent(db::Transaction& tx, SubscriptionId subscription, Uuid id,
                         const Event& event);
};

}  // namespace livery::subscriptions
