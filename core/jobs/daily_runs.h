#pragma once

#include <vector>

#include <livery/db/database.h>
#include <livery/ports/tenant_time.h>

#include "host/plugin_registry.h"
#include "jobs/run_repository.h"
#include "jobs/tenant_threads.h"

namespace livery::jobs {

// Runs the daily jobs of tenants, each once a day over all hosts of a database.
//
// A killed process: what it was running stays "running" until its lease is over, and is then
// claimed anew under the next epoch; jobs are idempotent. Whoever was only slow, and finds its
// epoch gone, changes nothing more. Thread: any; RunDay of one tenant by one at a time per host.
class DailyRuns {
 public:
    using Jobs = std::vector<host::Contributions::OwnedDailyJob>;  // by their order
    DailyRuns(db::Database& database, TenantTime& time, const Jobs& jobs)
        : database_(database), time_(time), jobs_(jobs) {}

    struct Outcome {
        // All jobs of the day are done, or given up.
        bool settled = true;
        bool busy = false;    // another host is at one of them
        std::string failure;  // of the one that failed now: "plugin/job of day: why"
    };
    Outcome RunDay(const Tenant& tenant, Date day);
    // Everything that is due, oldest day first; stops at a day that cannot be settled now.
    Outcome RunDue(const Tenant& tenant, Instant now);
    // The same of every tenant, by threads of a host. Borrows this.
    std::vector<TenantWork> Works();

 private:
    std::optional<int> Claim(const TenantId& tenant, const RunKey& key, Outcome& outcome);
    void RunOne(const Tenant& tenant, const host::Contributions::OwnedDailyJob& owned,
                const RunKey& key, Outcome& outcome);

    db::Database& database_;
    TenantTime& time_;
    const Jobs& jobs_;
};

}  // namespace livery::jobs
