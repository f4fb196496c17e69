#pragma once

#include <optional>
#include <vector>

#include <livery/ports/billing.h>

#include "domain/statement.h"

namespace livery::invoices {

// An account's statements over some time, and since when there is anything to state.
struct StatedAccount {
    std::vector<AccountStatement> statements;
    std::optional<CivilTime>
        first_at;  // of the first entry before the end; nullopt = there is none
};

// Over [from, to), from the ledger. What was before is added up where it lies:
// of a long history only what is shown is read.
StatedAccount StatementOf(db::Database& database, const TenantId& tenant, LedgerBalances& ledger,
                          AccountId account, const Span& range);

}  // namespace livery::invoices
