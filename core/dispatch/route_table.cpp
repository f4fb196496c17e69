#include "dispatch/route_table.h"

#include <stdexcept>

#include <fmt/format.h>

namespace livery::dispatch {

RouteTable::RouteTable(std::vector<Row> rows) : rows_(std::move(rows)) {
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        const Row& row = rows_[i];
        const auto added = router_.Add(row.route.method, row.route.pattern, i);
        if (!added) {
            throw std::invalid_argument(fmt::format("plugin {}: route {} {}: {}", row.plugin,
                                                    ToString(row.route.method), row.route.pattern,
                                                    added.error().message));
        }
    }
}

}  // namespace livery::dispatch
