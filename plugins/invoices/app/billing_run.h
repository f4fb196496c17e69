#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <livery/db/database.h>
#include <livery/ports/account_directory.h>

#include "app/account_work.h"

namespace livery::invoices {

// Bills everything of a tenant that is due. Accounts are committed in batches; a batch that fails
// is redone account by account, so that one that cannot be billed stops nobody else. What is
// committed is not billed again: a run that was cut off is run again, and a second run invoices
// nothing. Two batches are worked on at a time, each in a transaction of its own: while one is
// written the next one is read and calculated. They are written in their order, whoever is ready
// first, so that the numbers are those of one after the other.
//
// With one connection to the database they go one after the other. Throws db::Unavailable when
// there was none for too long: that is no account's failure, and the rest is for the next run.
class BillingRun {
 public:
    BillingRun(db::Database& database, AccountDirectory& accounts, const BillingPorts& ports)
        : database_(database), accounts_(accounts), ports_(ports) {}

    struct Options {
        CivilTime as_of;
        bool dry_run = false;  // everything is done and nothing is kept
        std::size_t together = 500;
        // How long it waits when others have every connection to the database, or it is away, each
        // time.
        std::chrono::milliseconds connection_patience{60'000};
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
    // After each batch, by any thread of the run, by one at a time.
    using Progress = std::function<void(const Report&)>;
    Report Run(const TenantId& tenant, const Options& options, const Progress& progress);

 private:
    struct Course;
    struct Beside;
    struct Batch {
        std::size_t number;  // its turn
        std::vector<AccountId> accounts;
        bool has_read = false;  // and has its locks: the next one may read
    };
    // What became of the accounts of a batch; a reason: nothing of it was kept.
    struct Outcome {
        Report report;
        std::optional<std::string> reason;
    };

    void WorkOff(Course& course);
    Batch NextBatch(Course& course);
    std::vector<AccountDirectory::Entry> List(Course& course, std::size_t number);
    void RunBatch(Course& course, Batch& batch);
    Report RunInTurn(Course& course, const std::vector<AccountId>& accounts);
    Outcome RunAhead(Course& course, Batch& batch);
    Outcome Attempt(const Course& course, const std::vector<AccountId>& accounts,
                    const Beside& beside);

    db::Database& database_;
    AccountDirectory& accounts_;
    const BillingPorts& ports_;
};

}  // namespace livery::invoices
