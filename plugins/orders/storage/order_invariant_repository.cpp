#include "storage/order_invariant_repository.h"

#include <fmt/format.h>

#include <livery/ids.h>

namespace livery::orders {

namespace {

constexpr db::Statement kWrongStates{
    "orders.wrong_states",
    "SELECT o.id, o.status, COUNT(l.activated_at) AS active, COUNT(l.position) AS ordered FROM "
    "orders_order o LEFT JOIN orders_line l ON l.tenant_id = o.tenant_id AND l.order_id = o.id "
    "WHERE o.tenant_id = :tenant GROUP BY o.tenant_id, o.id, o.status HAVING o.status <> CASE WHEN "
    "active = 0 THEN IF(o.status = 'cancelled', 'cancelled', 'pending_billing') WHEN active < "
    "ordered THEN 'partially_fulfilled' ELSE 'billing_active' END LIMIT 1000"};
constexpr db::Statement kHalfActive{
    "orders.half_active",
    "SELECT order_id, position FROM orders_line WHERE tenant_id = :tenant AND (activated_at IS "
    "NULL) <> (subscription_id IS NULL) AND action = 'add' LIMIT 1000"};

}  // namespace

void OrderInvariantRepository::FindWrongStates(db::Transaction& tx,
                                               const std::function<void(Violation)>& report) {
    for (const db::Row row : tx.Query(kWrongStates, {})) {
        report(
            {row.As<OrderId>(0).ToString(), fmt::format("is {} with {} of {} lines active",
                                                        row.Text(1), row.Int64(2), row.Int64(3))});
    }
    for (const db::Row row : tx.Query(kHalfActive, {})) {
        report({row.As<OrderId>(0).ToString(),
                fmt::format("line {} is active without a subscription, or has one too early",
                            row.Int64(1) + 1)});
    }
}

}  // namespace livery::orders
