#pragma once

#include <optional>
#include <string>
#include <vector>

#include <livery/db/database.h>

namespace livery::jobs {

// One job of one day of a tenant.
struct RunKey {
    Date day{};
    std::string plugin;
    std::string job;
};

enum class RunState {
    kRunning,
    kFailed,  // is tried again when its lease is over
    kDone,
    kGivenUp,  // failed for good
};
std::string_view ToString(RunState state);

struct StoredRun {
    RunKey key;
    RunState state = RunState::kRunning;
    int epoch = 0;           // how often it was claimed
    bool is_leased = false;  // nobody may claim it now
    Instant started_at{};
    std::optional<Instant> finished_at;
    std::string outcome;  // the report, or why it failed
};

// Leases are by the database's clock: those of hosts may differ.
class RunRepository {
 public:
    static std::optional<StoredRun> Lock(db::Transaction& tx, const RunKey& key);
    // The next epoch of a run, as running and leased. `epoch` 1 makes it; throws DuplicateKey when
    // another host was first.
    static void Begin(db::Transaction& tx, const RunKey& key, int epoch);
    // Prolongs the lease; false: somebody else has taken it over.
    static bool Renew(db::Transaction& tx, const RunKey& key, int epoch);
    // Ends this epoch; `wait` is how long a failed one is left alone. False: taken over.
    struct End {
        RunState state;
        std::string_view outcome;
        std::chrono::seconds wait{0};
    };
    static bool Finish(db::Transaction& tx, const RunKey& key, int epoch, const End& end);
    // The last day of which anything was begun.
    static std::optional<Date> LastDay(db::Database& database, const TenantId& tenant);
    static std::vector<StoredRun> Newest(db::Database& database, const TenantId& tenant, int most);
};

}  // namespace livery::jobs
