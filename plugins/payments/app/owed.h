#pragma once

#include <vector>

#include <livery/ports/invoicing.h>

#include "domain/shares.h"

namespace livery::payments {

// What an account owes, oldest due first; its invoices are locked until the transaction ends.
std::vector<OwedInvoice> OwedBy(db::Transaction& tx, Invoicing& invoicing, AccountId account);
// Without what it objects to: what may be dunned and taken by itself.
std::vector<OwedInvoice> UndisputedOf(db::Transaction& tx, Invoicing& invoicing, AccountId account);

}  // namespace livery::payments
