#pragma once

#include <livery/ports/billing.h>

#include "domain/statement.h"

namespace livery::invoices {

// Everything that changed what an account owes before `to`, as the ledger has it, in its order:
// what StatementsOf makes a statement of account from. In the caller's transaction.
std::vector<StatementEntry> EntriesOf(db::Transaction& tx, LedgerBalances& ledger,
                                      AccountId account, CivilTime to);

}  // namespace livery::invoices
