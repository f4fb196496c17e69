#pragma once

#include <vector>

#include <livery/db/database.h>
#include <livery/ports/tenant_time.h>

#include "host/plugin_registry.h"
#include "jobs/tenant_threads.h"
#include "jobs/turn_repository.h"

namespace livery::jobs {

// Runs recurring jobs, each by one host of a database at a time. A killed process: its lease runs
// out, and whoever comes next runs the job anew. Thread: any.
class RecurringRuns {
 public:
    using Jobs = std::vector<host::Contributions::OwnedRecurringJob>;
    RecurringRuns(db::Database& database, const Jobs& jobs) : database_(database), jobs_(jobs) {}
    // Each job when its time has come, by threads of a host. Borrows this and `time`.
    std::vector<TenantWork> Works(TenantTime& time);

    enum class Outcome { kRan, kFailed, kNotDue, kBusy };
    // When its time has come, by the database's clock.
    Outcome RunIfDue(const Tenant& tenant, const host::Contributions::OwnedRecurringJob& owned,
                     Instant now);
    // All of the tenant's at once, due or not: at a midnight that a test clock passes. Waits for
    // whoever is at one of them.
    void RunAll(const Tenant& tenant, Instant now);

 private:
    enum class When { kDue, kAnyway };
    Outcome Run(const Tenant& tenant, const host::Contributions::OwnedRecurringJob& owned,
                Instant now, When when);
    Outcome Claim(const TenantId& tenant, const TurnKey& key, When when, std::int64_t& epoch);

    db::Database& database_;
    const Jobs& jobs_;
};

}  // namespace livery::jobs
