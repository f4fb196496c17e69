#pragma once

#include <livery/ports/billing.h>
#include <livery/registrar.h>

namespace livery::invoices {

// The statement of account: everything that changed what is owed in a year, from the ledger.
class StatementPage {
 public:
    StatementPage(db::Database& database, LedgerBalances& ledger)
        : database_(database), ledger_(ledger) {}
    void AddTo(Registrar& registrar);

 private:
    Result<Reply> Show(const RequestContext& request) const;

    db::Database& database_;
    LedgerBalances& ledger_;
};

}  // namespace livery::invoices
