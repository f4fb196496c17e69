#pragma once

#include <optional>
#include <vector>

#include <livery/db/database.h>

#include "domain/order.h"

namespace livery::orders {

// A waiting order whose time has come.
struct DueOrder {
    CivilTime activate_at;
    OrderId id;
    auto operator<=>(const DueOrder&) const = default;
};

// Where orders are kept. Always inside a transaction; what it does not commit did not happen.
class OrderStore {
 public:
    virtual ~OrderStore() = default;
    virtual std::optional<Order> Find(db::Transaction& tx, OrderId id) = 0;  // locked
    // The earliest first, at `most` so many of those after `after`.
    virtual std::vector<DueOrder> Due(db::Transaction& tx, CivilTime now,
                                      const std::optional<DueOrder>& after, std::size_t most) = 0;
    virtual void Save(db::Transaction& tx, const Order& order) = 0;
};

}  // namespace livery::orders
