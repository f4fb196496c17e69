#pragma once

#include "storage/order_store.h"

namespace livery::orders {

// Orders on the database.
class OrderRepository final : public OrderStore {
 public:
    std::optional<Order> Find(db::Transaction& tx, OrderId id) override;
    std::vector<OrderId> Due(db::Transaction& tx, CivilTime now) override;
    void Save(db::Transaction& tx, const Order& order) override;
    static std::vector<Order> OfAccount(db::Transaction& tx, AccountId account);
};

}  // namespace livery::orders
