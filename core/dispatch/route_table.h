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
    // Whether it is there for a tenant: its plugin is enabled, and for a page of the console the
    // one that brings the console's home, without which nobody works there.
    bool Serves(const Tenant& tenant, const Row& row) const;
    // Patterns of the routes that take files: what stands before us must let them through.
    std::vector<std::string> UploadPatterns() const;
    const Row& row(std::size_t index) const { return rows_[index]; }
    const std::vector<Row>& rows() const { return rows_; }

 private:
    std::vector<Row> rows_;
    http::Router router_;
    std::string console_;  // the plugin of the console's home
};

}  // namespace livery::dispatch
