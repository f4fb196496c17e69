#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include <livery/db/database.h>
#include <livery/ports/account_directory.h>

#include "app/account_work.h"

namespace livery::invoices {

// Bills everything of a tenant that is due. Accounts are committed in batches; a batch that fails
// is redone account by account, so that one that cannot be billed stops nobody else. What is
// committed is not billed again: a run that was cut off is run again, and a second run invoices
// nothing.
class BillingRun {
 public:
    BillingRun(db::Database& database, AccountDirectory& accounts, const BillingPorts& ports)
        : database_(database), accounts_(accounts), ports_(ports) {}

    struct Options {
        CivilTime as_of;
        bool dry_run = false;  // everything is done and nothing is kept
        std::size_t together = 500;
    };
    struct Failure {
        AccountId account;
        std::string reason;
    };
    struct Report {
        std::size_t accounts = 0;
        std::size_t invoices = 0;
        std::size_t credit_notes = 0;
        std::map<Currency, Money> invoiced;
        std::map<Currency, Money> credited;
        std::vector<Failure> failures;
    };
    using Progress = std::function<void(const Report&)>;  // after each batch
    Report Run(const TenantId& tenant, const Options& options, const Progress& progress);

 private:
    // False: nothing of it was kept.
    bool RunBatch(const TenantId& tenant, const std::vector<AccountId>& accounts,
                  const Options& options, Report& report, std::string& reason);

    db::Database& database_;
    AccountDirectory& accounts_;
    const BillingPorts& ports_;
};

}  // namespace livery::invoices
