#pragma once

#include <string>

#include "app/account_work.h"

namespace livery::books {

// What `livery verify` asks of the tables of invoices and the ledger. "" when all of it holds, else
// the first rows that break something. Reads in the transaction.
std::string BrokenInvariants(db::Transaction& tx, const invoices::BillingPorts& ports);

}  // namespace livery::books
