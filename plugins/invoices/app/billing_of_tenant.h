#pragma once

#include <functional>
#include <map>
#include <string>

#include <livery/ports/tenant_time.h>

#include "app/billing_run.h"

namespace livery::invoices {

// The billing run of one tenant as operators know it: by the tenant's clock, with its report kept.
class BillingOfTenant {
 public:
    struct Parts {
        db::Database& database;
        AccountDirectory& accounts;
        TenantTime& time;
        IdSource& ids;
    };
    BillingOfTenant(const Parts& parts, const BillingPorts& ports)
        : parts_(parts), run_(parts.database, parts.accounts, ports) {}

    // A run that is dry leaves nothing, not even its report.
    BillingRun::Report Run(const Tenant& tenant, const BillingRun::Options& options,
                           const BillingRun::Progress& progress);
    // The same for the day's job, with the report as it is stored.
    std::string RunDay(const Tenant& tenant, Instant now);

 private:
    Parts parts_;
    BillingRun run_;
};

// As it is stored and as `livery bill --json` prints it: counts, sums by currency, failures.
std::string ToJson(const BillingRun::Report& report, CivilTime as_of);
// The accounts that the last run could not bill, and why.
std::map<AccountId, std::string> FailuresOfLastRun(db::Transaction& tx);

}  // namespace livery::invoices
