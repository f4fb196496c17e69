#pragma once

#include <livery/ports/billing.h>
#include <livery/registrar.h>

namespace livery::invoices {

// Adds what `livery verify` recomputes of invoices. `ledger` outlives the registrar's host.
void AddInvariants(Registrar& registrar, LedgerBalances& ledger);

}  // namespace livery::invoices
