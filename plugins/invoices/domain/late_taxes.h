#pragma once

#include "domain/account_book.h"

namespace livery::invoices {

// What is given back of a line before its taxes are known (Status::kPendingTax) waits with it, and
// then gets its part of them.

// Whether a line stands on a document whose taxes are not known yet.
bool WaitsForTaxes(const AccountBook& book, InvoiceLineId line);

// Gives a correction, one of `book`, its part of the taxes that the line that it corrects has got
// since; those before it take theirs first.
void BringTaxes(const AccountBook& book, Line& correction);

}  // namespace livery::invoices
