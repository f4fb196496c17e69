#include "jobs/recurring_runs.h"

#include <algorithm>
#include <thread>

#include <livery/db/failure.h>

#include "jobs/heartbeat.h"
#include "log/log.h"

namespace livery::jobs {

using Owned = host::Contributions::OwnedRecurringJob;

RecurringRuns::Outcome RecurringRuns::Claim(const TenantId& tenant, const TurnKey& key, When when,
                                            std::int64_t& epoch) {
    Outcome outcome = Outcome::kRan;
    try {
        database_.Transact(tenant, [&](db::Transaction& tx) {
            const auto turn = TurnRepository::Lock(tx, key);
            outcome = Outcome::kRan;
            if (turn && turn->is_leased) outcome = Outcome::kBusy;
            if (turn && !turn->is_leased && !turn->is_due && when == When::kDue)
                outcome = Outcome::kNotDue;
            if (outcome != Outcome::kRan) return;
            epoch = turn ? turn->epoch + 1 : 1;
            TurnRepository::Begin(tx, key, epoch);
        });
    } catch (const db::DuplicateKey&) {
        return Outcome::kBusy;
    }
    return outcome;
}

RecurringRuns::Outcome RecurringRuns::Run(const Tenant& tenant, const Owned& owned, Instant now,
                                          When when) {
    const TurnKey key{owned.plugin, owned.job.name};
    std::int64_t epoch = 0;
    Outcome outcome = Claim(tenant.id, key, when, epoch);
    if (outcome != Outcome::kRan) return outcome;
    try {
        const Heartbeat heartbeat([&] {
            database_.Transact(tenant.id,
                               [&](db::Transaction& tx) { TurnRepository::Renew(tx, key, epoch); });
        });
        owned.job.run(tenant, now);
    } catch (const std::exception& failure) {
        outcome = Outcome::kFailed;
        log::Write(log::Level::kError, "job.failed",
                   {{"tenant", tenant.id.value()},
                    {"plugin", key.plugin},
                    {"job", key.job},
                    {"what", failure.what()}});
    }
    const auto rest = std::max(owned.job.every, std::chrono::seconds(1));
    database_.Transact(tenant.id,
                       [&](db::Transaction& tx) { TurnRepository::Finish(tx, key, epoch, rest); });
    return outcome;
}

RecurringRuns::Outcome RecurringRuns::RunIfDue(const Tenant& tenant, const Owned& owned,
                                               Instant now) {
    return Run(tenant, owned, now, When::kDue);
}

std::vector<TenantWork> RecurringRuns::Works(TenantTime& time) {
    std::vector<TenantWork> works;
    for (const Owned& owned : jobs_)
        works.push_back(
            {owned.plugin, owned.job.every, [this, &owned, &time](const Tenant& tenant) {
                 RunIfDue(tenant, owned, time.Now(tenant));
             }});
    return works;
}

void RecurringRuns::RunAll(const Tenant& tenant, Instant now) {
    for (const Owned& owned : jobs_) {
        if (!tenant.Enables(owned.plugin)) continue;
        while (Run(tenant, owned, now, When::kAnyway) == Outcome::kBusy)
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
}

}  // namespace livery::jobs
