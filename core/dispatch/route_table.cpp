#include "dispatch/route_table.h"

#include <stdexcept>

#include <fmt/format.h>

namespace livery::dispatch {

RouteTable::RouteTable(std::vector<Row> rows) : rows_(std::move(rows)) {
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        const Row& row = rows_[i];
        if (row.route.pattern == kConsolePath) console_ = row.plugin;
        const auto added = router_.Add(row.route.method, row.route.pattern, i);
        if (!added) {
            throw std::invalid_argument(fmt::format("plugin {}: route {} {}: {}", row.plugin,
                                                    ToString(row.route.method), row.route.pattern,
                                                    added.error().message));
        }
    }
}

std::vector<std::string> RouteTable::UploadPatterns() const {
    std::vector<std::string> patterns;
    for (const Row& row : rows_) {
        if (row.route.body == BodySize::kFiles) patterns.push_back(row.route.pattern);
    }
    return patterns;
}

bool RouteTable::Serves(const Tenant& tenant, const Row& row) const {
    if (!row.plugin.empty() && !tenant.Enables(row.plugin)) return false;
    return RealmOf(row.route.pattern) != Realm::kConsole || tenant.Enables(console_);
}

}  // namespace livery::dispatch
