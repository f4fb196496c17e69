#pragma once

#include <string>

#include <livery/result.h>

#include "domain/e_invoice/semantic_model.h"

namespace livery::invoices::e_invoice {

// The invoice as UBL 2.1 (ISO/IEC 19845), an Invoice or, for type 381, a CreditNote; UTF-8, the
// same bytes for the same invoice. Writes what is there: whether it may be sent is Check's answer.
// kInvalidArgument when a text holds characters that XML cannot carry.
//
// A CreditNote has no place for the due date but its payment means: without these, the due date
// stands in a payment means of code 1 (not defined).
Result<std::string> WriteUbl(const EInvoice& invoice);

}  // namespace livery::invoices::e_invoice
