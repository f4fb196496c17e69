#include "storage/subscription_repository.h"

#include <algorithm>

#include <livery/check.h>

namespace livery::subscriptions {

namespace {

using db::Row;
using db::Rows;
using db::Statement;

#define SUBSCRIPTION_COLUMNS                                                                   \
    "s.id, s.account_id, s.base_id, s.product, s.plan, s.state, s.quantity, s.frequency, "     \
    "s.site, s.started_on, s.paused_on, s.ends_on, p.kind, p.from_on, p.to_on, p.unit_price, " \
    "p.currency"

// In the order of the index, so that nothing is sorted; the count is read from the index alone.
constexpr Statement kListOwned{
    "subscriptions.list_owned",
    "SELECT " SUBSCRIPTION_COLUMNS
    ", (SELECT COUNT(*) FROM subscriptions_subscription c WHERE c.tenant_id = :tenant"
    "   AND c.account_id = ? AND (? = '' OR c.state = ?)) AS total "
    "FROM subscriptions_subscription s "
    "JOIN subscriptions_phase p ON p.tenant_id = s.tenant_id AND p.subscription_id = s.id "
    "WHERE s.tenant_id = :tenant AND s.account_id = ? AND (? = '' OR s.state = ?) "
    "AND s.bundle_id < ? ORDER BY s.bundle_id DESC, s.id LIMIT ?"};

constexpr Statement kFindBundleOwned{
    "subscriptions.find_bundle_owned",
    "SELECT " SUBSCRIPTION_COLUMNS
    " FROM subscriptions_subscription o "
    "JOIN subscriptions_subscription s ON s.tenant_id = o.tenant_id AND s.account_id = "
    "o.account_id "
    "     AND s.bundle_id = o.bundle_id "
    "JOIN subscriptions_phase p ON p.tenant_id = s.tenant_id AND p.subscription_id = s.id "
    "WHERE o.tenant_id = :tenant AND o.account_id = ? AND o.id = ? ORDER BY s.id, p.from_on"};

constexpr Statement kFindForUpdate{
    "subscriptions.find_for_update",
    "SELECT " SUBSCRIPTION_COLUMNS
    " FROM subscriptions_subscription s "
    "JOIN subscriptions_phase p ON p.tenant_id = s.tenant_id AND p.subscription_id = s.id "
    "WHERE s.tenant_id = :tenant AND s.id = ? ORDER BY p.from_on FOR UPDATE"};

constexpr Statement kInsert{"subscriptions.insert",
                            "INSERT INTO subscriptions_subscription (tenant_id, id, account_id, "
                            "base_id, bundle_id, product, plan, state, "
                            "quantity, frequency, site, started_on, paused_on, ends_on, version) "
                            "VALUES (:tenant, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)"};

constexpr Statement kUpdate{
    "subscriptions.update",
    "UPDATE subscriptions_subscription SET state = ?, quantity = ?, paused_on = ?, ends_on = ?, "
    "version = version + 1 WHERE tenant_id = :tenant AND id = ?"};

constexpr Statement kInsertPhase{
    "subscriptions.insert_phase",
    "INSERT INTO subscriptions_phase (tenant_id, subscription_id, from_on, to_on, kind, "
    "unit_price, currency) "
    "VALUES (:tenant, ?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE to_on = VALUES(to_on)"};

constexpr Statement kInsertEvent{"subscriptions.insert_event",
                                 "INSERT INTO subscriptions_event (tenant_id, subscription_id, id, "
                                 "at, kind, detail) VALUES (:tenant, ?, ?, ?, ?, ?)"};

constexpr Statement kListEvents{"subscriptions.list_events",
                                "SELECT at, kind, detail FROM subscriptions_event WHERE tenant_id "
                                "= :tenant AND subscription_id = ? "
                                "ORDER BY at DESC, id DESC LIMIT 100"};

constexpr std::size_t kPhaseColumn = 12;

template <class T>
T Known(std::optional<T> value, const char* what) {
    LIVERY_CHECK(value.has_value(), what);
    return *value;
}

Phase PhaseOf(const Row& row) {
    const Currency currency =
        Known(Currency::Parse(row.Text(kPhaseColumn + 4)), "a stored currency is unknown");
    return {Known(PhaseKindFrom(row.Text(kPhaseColumn)), "a stored phase kind is unknown"),
            row.Date(kPhaseColumn + 1), row.MaybeDate(kPhaseColumn + 2),
            Money(row.Int64(kPhaseColumn + 3), currency)};
}

Subscription SubscriptionOf(const Row& row) {
    Subscription subscription;
    subscription.id = row.As<SubscriptionId>(0);
    subscription.account = row.As<AccountId>(1);
    if (!row.IsNull(2)) subscription.base = row.As<SubscriptionId>(2);
    subscription.product = row.Text(3);
    subscription.plan = row.Text(4);
    subscription.state = Known(StateFrom(row.Text(5)), "a stored state is unknown");
    subscription.quantity = row.Int64(6);
    subscription.frequency = Known(FrequencyFrom(row.Text(7)), "a stored frequency is unknown");
    subscription.site = row.Text(8);
    subscription.started_on = row.Date(9);
    subscription.paused_on = row.MaybeDate(10);
    subscription.ends_on = row.MaybeDate(11);
    return subscription;
}

// One row per phase, those of a subscription together: folds them into subscriptions.
std::vector<Subscription> Fold(const Rows& rows) {
    std::vector<Subscription> subscriptions;
    for (const Row& row : rows) {
        if (subscriptions.empty() || subscriptions.back().id.uuid() != row.Id(0)) {
            subscriptions.push_back(SubscriptionOf(row));
        }
        subscriptions.back().phases.push_back(PhaseOf(row));
    }
    for (Subscription& subscription : subscriptions) {
        std::sort(subscription.phases.begin(), subscription.phases.end(),
                  [](const Phase& a, const Phase& b) { return a.from < b.from; });
    }
    return subscriptions;
}

// Keeps whole bundles up to `limit` rows (at least one bundle).
void CutToBundles(ListPage& page, std::size_t limit) {
    std::size_t end = 0;
    for (std::size_t i = 0; i < page.rows.size(); ++i) {
        const bool last_of_bundle =
            i + 1 == page.rows.size() || BundleOf(page.rows[i + 1]) != BundleOf(page.rows[i]);
        if (!last_of_bundle) continue;
        if (end > 0 && i + 1 > limit) break;
        end = i + 1;
    }
    if (end < page.rows.size()) page.next = BundleOf(page.rows[end - 1]);
    page.rows.erase(page.rows.begin() + static_cast<std::ptrdiff_t>(end), page.rows.end());
}

void InsertPhases(db::Transaction& tx, const Subscription& subscription) {
    for (const Phase& phase : subscription.phases) {
        tx.Execute(kInsertPhase,
                   {subscription.id, phase.from, phase.to, ToString(phase.kind),
                    phase.unit_price.minor_units(), phase.unit_price.currency().code()});
    }
}

constexpr Uuid kAfterAll{{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                          0xff, 0xff, 0xff, 0xff}};
// A subscription has few phases; this many rows hold a full page and one bundle more.
constexpr std::size_t kRowsPerSubscription = 6;

}  // namespace

ListPage SubscriptionRepository::ListOwned(db::Database& database, const TenantId& tenant,
                                           AccountId account, const ListQuery& query) {
    const std::string_view state = query.state ? ToString(*query.state) : "";
    const Uuid before = query.before ? query.before->uuid() : kAfterAll;
    const std::size_t row_limit = (query.limit + 10) * kRowsPerSubscription;
    const Rows rows = database.Query(
        tenant, kListOwned, {account, state, state, account, state, state, before, row_limit});
    ListPage page;
    page.rows = Fold(rows);
    PutBasesFirst(page.rows);
    if (!rows.empty()) page.total = rows[0].Int64(17);
    CutToBundles(page, query.limit);
    return page;
}

std::vector<Subscription> SubscriptionRepository::FindBundleOwned(db::Database& database,
                                                                  const TenantId& tenant,
                                                                  AccountId account,
                                                                  SubscriptionId id) {
    auto bundle = Fold(database.Query(tenant, kFindBundleOwned, {account, id}));
    PutBasesFirst(bundle);
    return bundle;
}

std::vector<Event> SubscriptionRepository::ListEvents(db::Database& database,
                                                      const TenantId& tenant, SubscriptionId id) {
    std::vector<Event> events;
    for (const Row& row : database.Query(tenant, kListEvents, {id})) {
        events.push_back({Known(EventKindFrom(row.Text(1)), "a stored event kind is unknown"),
                          row.Time(0), std::string(row.Text(2))});
    }
    return events;
}

void SubscriptionRepository::Insert(db::Transaction& tx, const Subscription& s) {
    tx.Execute(kInsert,
               {s.id, s.account, s.base, BundleOf(s), s.product, s.plan, ToString(s.state),
                s.quantity, ToString(s.frequency), s.site, s.started_on, s.paused_on, s.ends_on});
    InsertPhases(tx, s);
}

std::optional<Subscription> SubscriptionRepository::FindForUpdate(db::Transaction& tx,
                                                                  SubscriptionId id) {
    auto found = Fold(tx.Query(kFindForUpdate, {id}));
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

void SubscriptionRepository::Update(db::Transaction& tx, const Subscription& s) {
    tx.Execute(kUpdate, {ToString(s.state), s.quantity, s.paused_on, s.ends_on, s.id});
    InsertPhases(tx, s);
}

void SubscriptionRepository::AddEvent(db::Transaction& tx, SubscriptionId subscription, Uuid id,
                                      const Event& event) {
    tx.Execute(kInsertEvent, {subscription, id, event.at, ToString(event.kind), event.detail});
}

}  // namespace livery::subscriptions
