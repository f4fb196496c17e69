#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include <livery/db/database.h>

namespace livery::jobs {

// One recurring job of a tenant.
struct TurnKey {
    std::string plugin;
    std::string job;
};

// Whose turn it is, and when the next is. Leases and times are by the database's clock: those of
// hosts may differ.
class TurnRepository {
 public:
    struct Turn {
        std::int64_t epoch = 0;
        bool is_leased = false;  // somebody is at it
        bool is_due = false;
    };
    static std::optional<Turn> Lock(db::Transaction& tx, const TurnKey& key);
    // The next epoch, leased for a minute. `epoch` 1 makes the row; throws DuplicateKey when
    // another host was first.
    static void Begin(db::Transaction& tx, const TurnKey& key, std::int64_t epoch);
    // Both do nothing when somebody else has taken over meanwhile.
    static void Renew(db::Transaction& tx, const TurnKey& key, std::int64_t epoch);
    static void Finish(db::Transaction& tx, const TurnKey& key, std::int64_t epoch,
                       std::chrono::seconds rest);
};

}  // namespace livery::jobs
