#pragma once

#include <string>
#include <vector>

#include <livery/config/problems.h>

#include "host/plugin_registry.h"
#include "http/router.h"

namespace livery::dispatch {

// All routes of all plugins, found by method and path. Two plugins that claim the same path are a
// start-up error that names both. Immutable after construction.
class RouteTable {
 public:
    using Row = host::Contributions::OwnedRoute;
    // Throws std::invalid_argument on a clash or a malformed pattern.
    explicit RouteTable(std::vector<Row> rows);
    http::Router::Outcome Find(Method method, std::string_view path) const {
        return router_.Find(method, path);
    }
    const Row& row(std::size_t index) const { return rows_[index]; }
    const std::vector<Row>& rows() const { return rows_; }

 private:
    std::vector<Row> rows_;
    http::Router router_;
};

}  // namespace livery::dispatch
