#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "db/mariadb_database.h"
#include "host/plugin_registry.h"

namespace livery::jobs {

// What one invariant says of one tenant.
struct Verdict {
    std::string plugin;
    std::string id;
    std::string summary;
    std::uint64_t broken = 0;     // every row that breaks it
    std::vector<Violation> rows;  // the first of them
    std::string failure;          // why it could not be checked; empty: it was
    bool holds() const { return broken == 0 && failure.empty(); }
};

// Checks the invariants of the plugins that the tenant has enabled, all against one snapshot of its
// tables. Keeps at most `most_rows` violations of each.
std::vector<Verdict> Verify(db::MariadbDatabase& database, const Tenant& tenant,
                            const std::vector<host::Contributions::OwnedInvariant>& invariants,
                            std::size_t most_rows);

}  // namespace livery::jobs
