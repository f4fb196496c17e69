#pragma once

#include <functional>

#include <livery/invariant.h>

namespace livery::orders {

// What the tables of this plugin must always say (reliability-security 5.1), recomputed.
class OrderInvariantRepository {
 public:
    // I10: an order's state is the one that its lines lead to, so none went back, and a line that
    // adds something is active with its subscription or not at all.
    static void FindWrongStates(db::Transaction& tx, const std::function<void(Violation)>& report);
};

}  // namespace livery::orders
