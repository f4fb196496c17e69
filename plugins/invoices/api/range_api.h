#pragma once

#include <livery/api/operation.h>
#include <livery/ports/billing.h>
#include <livery/registrar.h>

#include "domain/document.h"

namespace livery::invoices {

// What an account was charged and owed over some days, for the tenant's own programs: its documents
// with their lines, as JSON and as the CSV of the pages, and its statement of account.
class RangeApi {
 public:
    RangeApi(db::Database& database, BillingProfiles& profiles, LedgerBalances& ledger)
        : database_(database), profiles_(profiles), ledger_(ledger) {}
    void AddTo(Registrar& registrar) const;

 private:
    // An account's days, both included.
    struct Range {
        AccountId account;
        Date first{};
        Date last{};
    };
    Result<Range> RangeOf(const api::Call& call) const;
    Result<std::vector<Document>> DocumentsIn(const api::Call& call, const Range& range) const;
    Result<api::Json> Documents(const api::Call& call) const;
    Result<api::File> Csv(const api::Call& call) const;
    Result<api::Json> ShowStatement(const api::Call& call) const;

    db::Database& database_;
    BillingProfiles& profiles_;
    LedgerBalances& ledger_;
};

void AddRangeSchemas(Registrar& registrar);

}  // namespace livery::invoices
