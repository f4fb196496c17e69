#pragma once

#include <livery/registrar.h>

#include "app/account_work.h"

namespace livery::invoices {

// Adds what `livery verify` recomputes of invoices. `ports` and `ledger` outlive the registrar's
// host.
void AddInvariants(Registrar& registrar, const BillingPorts& ports, LedgerBalances& ledger);

}  // namespace livery::invoices
