#include "storage/order_repository.h"

#include <livery/check.h>

namespace livery::orders {

namespace {

using db::Row;
using db::Statement;

#define ORDER_COLUMNS                                                                        \
    "o.id, o.account_id, o.name, o.creator_kind, o.creator, o.placed_at, o.activate_at, "    \
    "o.status, o.currency, o.tax, l.plan, l.plan_name, l.product, l.quantity, l.frequency, " \
    "l.unit_price, l.amount, l.tax_class, l.site, l.activated_at, l.subscription_id, "       \
    "l.action, l.base_id, l.once_price, l.once_amount, o.tax_within"

constexpr Statement kFind{"orders.find",
                          "SELECT " ORDER_COLUMNS
                          " FROM orders_order o JOIN orders_line l ON l.tenant_id = o.tenant_id "
                          "AND l.order_id = o.id WHERE o.tenant_id = :tenant AND o.id = ? "
                          "ORDER BY l.position FOR UPDATE"};
constexpr Statement kFindOwned{
    "orders.find_owned",
    "SELECT " ORDER_COLUMNS
    " FROM orders_order o JOIN orders_line l ON l.tenant_id = o.tenant_id AND l.order_id = o.id "
    "WHERE o.tenant_id = :tenant AND o.account_id = ? AND o.id = ? ORDER BY l.position"};
constexpr Statement kListOwned{
    "orders.list_owned",
    "SELECT " ORDER_COLUMNS
    " FROM (SELECT p.tenant_id, p.id FROM orders_order p WHERE p.tenant_id = :tenant AND "
    "p.account_id = ? AND (? IS NULL OR (p.placed_at, p.id) < (SELECT c.placed_at, c.id FROM "
    "orders_order c WHERE c.tenant_id = :tenant AND c.account_id = ? AND c.id = ?)) ORDER BY "
    "p.placed_at DESC, p.id DESC LIMIT ?) page JOIN orders_order o ON o.tenant_id = page.tenant_id "
    "AND o.id = page.id JOIN orders_line l ON l.tenant_id = o.tenant_id AND l.order_id = o.id "
    "ORDER BY o.placed_at DESC, o.id DESC, l.position"};
constexpr Statement kListOfTenant{
    "orders.list_of_tenant",
    "SELECT " ORDER_COLUMNS
    " FROM (SELECT p.tenant_id, p.id FROM orders_order p WHERE p.tenant_id = :tenant AND "
    "(? IS NULL OR p.account_id = ?) AND (? IS NULL OR p.id < ?) ORDER BY p.id DESC LIMIT ?) page "
    "JOIN orders_order o ON o.tenant_id = page.tenant_id AND o.id = page.id JOIN orders_line l ON "
    "l.tenant_id = o.tenant_id AND l.order_id = o.id ORDER BY o.id DESC, l.position"};
constexpr Statement kFindOfTenant{
    "orders.find_of_tenant",
    "SELECT " ORDER_COLUMNS
    " FROM orders_order o JOIN orders_line l ON l.tenant_id = o.tenant_id AND l.order_id = o.id "
    "WHERE o.tenant_id = :tenant AND o.id = ? ORDER BY l.position"};
constexpr Statement kOfAccount{
    "orders.of_account",
    "SELECT " ORDER_COLUMNS
    " FROM orders_order o JOIN orders_line l ON l.tenant_id = o.tenant_id AND l.order_id = o.id "
    "WHERE o.tenant_id = :tenant AND o.account_id = ? ORDER BY o.placed_at, o.id, l.position"};
constexpr Statement kDue{
    "orders.due",
    "SELECT activate_at, id FROM orders_order WHERE tenant_id = :tenant AND status IN "
    "('pending_billing', 'partially_fulfilled') AND activate_at <= ? AND "
    "(? IS NULL OR (activate_at, id) > (?, ?)) ORDER BY activate_at, id LIMIT ?"};
constexpr Statement kSave{
    "orders.save",
    "INSERT INTO orders_order (tenant_id, id, account_id, name, creator_kind, creator, placed_at, "
    "activate_at, status, currency, tax, tax_within) VALUES (:tenant, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
    "?, "
    "?) "
    "ON DUPLICATE KEY UPDATE name = VALUES(name), status = VALUES(status)"};
constexpr Statement kSaveLine{
    "orders.save_line",
    "INSERT INTO orders_line (tenant_id, order_id, position, plan, plan_name, product, quantity, "
    "frequency, unit_price, amount, tax_class, site, activated_at, subscription_id, action, "
    "base_id, once_price, once_amount) VALUES (:tenant, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
    "?, ?, ?) ON DUPLICATE KEY "
    "UPDATE "
    "activated_at = VALUES(activated_at), subscription_id = VALUES(subscription_id)"};

CivilTime CivilOf(Instant instant) { return std::chrono::floor<std::chrono::seconds>(instant); }

Decimal DecimalOf(std::string_view text) {
    const auto decimal = Decimal::Parse(text);
    LIVERY_CHECK(decimal.has_value(), "a stored number that is none");
    return *decimal;
}

OrderStatus StatusFrom(std::string_view text) {
    for (const OrderStatus status : {OrderStatus::kPendingBilling, OrderStatus::kPartiallyFulfilled,
                                     OrderStatus::kBillingActive, OrderStatus::kCancelled}) {
        if (ToString(status) == text) return status;
    }
    LIVERY_CHECK(false, "an order status that nobody knows");
}

OrderLine LineOf(const Row& row, Currency currency) {
    OrderLine line{
        std::string(row.Text(10)),
        std::string(row.Text(11)),
        std::string(row.Text(12)),
        DecimalOf(row.Text(13)),
        std::string(row.Text(14)),
        DecimalOf(row.Text(15)),
        Money(row.Int64(16), currency),
        std::string(row.Text(17)),
        std::string(row.Text(18)),
        std::nullopt,
        std::nullopt,
        row.Text(21) == ToString(OrderAction::kChange) ? OrderAction::kChange : OrderAction::kAdd,
        std::nullopt};
    if (!row.IsNull(22)) line.base = row.As<SubscriptionId>(22);
    if (!row.IsNull(23)) line.once = {DecimalOf(row.Text(23)), Money(row.Int64(24), currency)};
    if (!row.IsNull(19)) line.activated_at = CivilOf(row.Time(19));
    if (!row.IsNull(20)) line.subscription = row.As<SubscriptionId>(20);
    return line;
}

std::vector<Order> OrdersOf(const db::Rows& rows) {
    std::vector<Order> orders;
    for (const Row row : rows) {
        const Currency currency = *Currency::Parse(row.Text(8));
        if (orders.empty() || orders.back().id != row.As<OrderId>(0)) {
            orders.push_back({row.As<OrderId>(0),
                              row.As<AccountId>(1),
                              std::string(row.Text(2)),
                              {std::string(row.Text(3)), std::string(row.Text(4))},
                              CivilOf(row.Time(5)),
                              CivilOf(row.Time(6)),
                              StatusFrom(row.Text(7)),
                              {},
                              Money(row.Int64(9), currency),
                              Money(row.Int64(25), currency)});
        }
        orders.back().lines.push_back(LineOf(row, currency));
    }
    return orders;
}

}  // namespace

std::optional<Order> OrderRepository::Find(db::Transaction& tx, OrderId id) {
    std::vector<Order> found = OrdersOf(tx.Query(kFind, {id}));
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

std::vector<DueOrder> OrderRepository::Due(db::Transaction& tx, CivilTime now,
                                           const std::optional<DueOrder>& after, std::size_t most) {
    std::optional<OrderId> id;
    Instant from{};
    if (after) {
        id = after->id;
        from = Instant(after->activate_at);
    }
    std::vector<DueOrder> due;
    for (const Row row : tx.Query(kDue, {Instant(now), id, from, id, most}))
        due.push_back({CivilOf(row.Time(0)), row.As<OrderId>(1)});
    return due;
}

void OrderRepository::Save(db::Transaction& tx, const Order& order) {
    tx.Execute(kSave, {order.id, order.account, order.name, order.created_by.kind,
                       order.created_by.login, Instant(order.placed_at), Instant(order.activate_at),
                       ToString(order.status), order.tax.currency().code(), order.tax.minor_units(),
                       order.tax_within.minor_units()});
    int position = 0;
    for (const OrderLine& line : order.lines) {
        const std::string quantity = line.quantity.ToString();
        const std::string unit_price = line.unit_price.ToString();
        std::optional<Instant> activated;
        if (line.activated_at) activated = Instant(*line.activated_at);
        std::optional<std::string> once_price;
        std::optional<std::int64_t> once_amount;
        if (line.once) once_price = line.once->unit_price.ToString();
        if (line.once) once_amount = line.once->amount.minor_units();
        tx.Execute(kSaveLine, {order.id, position++, line.plan, line.plan_name, line.product,
                               quantity, line.frequency, unit_price, line.amount.minor_units(),
                               line.tax_class, line.site, activated, line.subscription,
                               ToString(line.action), line.base, once_price, once_amount});
    }
}

std::optional<Order> OrderRepository::FindOwned(db::Database& database, const TenantId& tenant,
                                                AccountId account, OrderId id) {
    std::vector<Order> found = OrdersOf(database.Query(tenant, kFindOwned, {account, id}));
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

namespace {

OrderRepository::ListPage CutTo(std::size_t limit, std::vector<Order> rows) {
    OrderRepository::ListPage page{std::move(rows), std::nullopt};
    if (page.rows.size() > limit) {
        page.rows.pop_back();
        page.next = page.rows.back().id;
    }
    return page;
}

}  // namespace

OrderRepository::ListPage OrderRepository::ListOfTenant(db::Database& database,
                                                        const TenantId& tenant,
                                                        const TenantQuery& query) {
    return CutTo(query.limit, OrdersOf(database.Query(tenant, kListOfTenant,
                                                      {query.account, query.account, query.before,
                                                       query.before, query.limit + 1})));
}

std::optional<Order> OrderRepository::FindOfTenant(db::Database& database, const TenantId& tenant,
                                                   OrderId id) {
    std::vector<Order> found = OrdersOf(database.Query(tenant, kFindOfTenant, {id}));
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

OrderRepository::ListPage OrderRepository::ListOwned(db::Database& database, const TenantId& tenant,
                                                     AccountId account,
                                                     std::optional<OrderId> before,
                                                     std::size_t limit) {
    return CutTo(limit, OrdersOf(database.Query(tenant, kListOwned,
                                                {account, before, account, before, limit + 1})));
}

std::vector<Order> OrderRepository::OfAccount(db::Transaction& tx, AccountId account) {
    return OrdersOf(tx.Query(kOfAccount, {account}));
}

}  // namespace livery::orders
