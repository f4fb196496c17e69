#pragma once

#include <optional>
#include <string>

#include <livery/db/database.h>
#include <livery/time/frequency.h>

namespace livery::invoices {

// The reports of billing runs, as JSON texts.
class RunRepository {
 public:
    static void Add(db::Transaction& tx, const Uuid& id, CivilTime as_of, Instant now,
                    const std::string& report);
    // The one that was run last, whatever its day; nullopt: there was none.
    static std::optional<std::string> Last(db::Transaction& tx);
};

}  // namespace livery::invoices
