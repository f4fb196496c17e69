#pragma once

#include <functional>
#include <string>

#include <livery/tenancy/tenant.h>
#include <livery/time/instant.h>

namespace livery {

// Work that every day of a tenant brings, run by one node of all, soon after midnight in the
// tenant's time zone; when a test clock is moved, at each midnight that it passes. A day whose run
// was cut off is run again, and days that were missed are run in their order: so it must be
// idempotent, and take "now" from what it is given alone: the midnight that began the day, however
// late the run is. The jobs of a day run one after the other, in `order`; one that has failed for
// good does not hold up those after it.
// Thread: the job runner's, or main of a command.
struct DailyJob {
    std::string name;  // "billing": a-z, 0-9 and -; unique in the plugin
    int order = 100;   // of the jobs of one day
    // Returns its report, a JSON object that is stored and shown. What it throws is stored as the
    // failure of that day's run, which is tried again.
    std::function<std::string(const Tenant& tenant, Instant now)> run;
};

}  // namespace livery
