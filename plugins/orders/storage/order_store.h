#pragma once

#include <optional>
#include <vector>

#include <livery/db/database.h>

#include "domain/order.h"

namespace livery::orders {

// Where orders are kept. Always inside a transaction; what it does not commit did not happen.
class OrderStore {
 public:
    virtual ~OrderStore() = default;
    virtual std::optional<Order> Find(db::Transaction& tx, OrderId id) = 0;  // locked
    // Waiting orders whose time has come, oldest first.
    virtual std::vector<OrderId> Due(db::Transaction& tx, CivilTime now) = 0;
    virtual void Save(db::Transaction& tx, const Order& order) = 0;
};

}  // namespace livery::orders
