#pragma once

#include <functional>

#include "clock/tenant_clocks.h"
#include "jobs/daily_runs.h"
#include "jobs/recurring_runs.h"

namespace livery::jobs {

// Moves a tenant's test clock forward. It stops at every midnight on the way, in the tenant's time
// zone, and everything that the day brings is done at that time, in order; then what recurs.
//
// A killed process: the target was stored first, every midnight and every job of it as it came. The
// next move goes on from there; what is done is not done again.
class ClockAdvance {
 public:
    ClockAdvance(db::Database& database, TenantTime& time, DailyRuns& runs,
                 RecurringRuns& recurring)
        : database_(database), time_(time), runs_(runs), recurring_(recurring) {}

    using Progress = std::function<void(Date)>;  // a day has been done
    // kInvalidArgument on `to`: not ahead. kConflict: no sandbox, or somebody is moving
    // it. kUnavailable: a job failed, as the message says; the clock stands at its day.
    Result<Instant> To(const Tenant& tenant, CivilTime target, const Progress& progress);

 private:
    struct Way {
        Instant from;
        Instant target;
    };
    Result<Way> Begin(const Tenant& tenant, Instant target);
    Result<void> RunDay(const Tenant& tenant, Date day);
    void Put(const Tenant& tenant, const Way& way);

    db::Database& database_;
    TenantTime& time_;
    DailyRuns& runs_;
    RecurringRuns& recurring_;
};

}  // namespace livery::jobs
