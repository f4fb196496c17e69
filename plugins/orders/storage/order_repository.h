#pragma once

#include "storage/order_store.h"

namespace livery::orders {

// Orders on the database.
class OrderRepository final : public OrderStore {
 public:
    std::optional<Order> Find(db::Transaction& tx, OrderId id) override;
    std::vector<DueOrder> Due(db::Transaction& tx, CivilTime now,
                              const std::optional<DueOrder>& after, std::size_t most) override;
    void Save(db::Transaction& tx, const Order& order) override;

    // An account's own orders as it reads them; nothing is locked.
    static std::optional<Order> FindOwned(db::Database& database, const TenantId& tenant,
                                          AccountId account, OrderId id);
    struct ListPage {
        std::vector<Order> rows;  // newest first
        std::optional<OrderId> next;
    };
    static ListPage ListOwned(db::Database& database, const TenantId& tenant, AccountId account,
                              std::optional<OrderId> before, std::size_t limit);
    // Of the whole tenant, for its own programs: the newest first, by id.
    struct TenantQuery {
        std::optional<AccountId> account;
        std::optional<OrderId> before;  // the last one of the page before
        std::size_t limit = 25;
    };
    static ListPage ListOfTenant(db::Database& database, const TenantId& tenant,
                                 const TenantQuery& query);
    static std::optional<Order> FindOfTenant(db::Database& database, const TenantId& tenant,
                                             OrderId id);
    static std::vector<Order> OfAccount(db::Transaction& tx, AccountId account);
};

}  // namespace livery::orders
