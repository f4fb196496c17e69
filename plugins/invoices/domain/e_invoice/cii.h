#pragma once

#include <string>

#include <livery/result.h>

#include "domain/e_invoice/semantic_model.h"

namespace livery::invoices::e_invoice {

// The invoice as UN/CEFACT Cross Industry Invoice D16B, which is also the file inside a Factur-X
// PDF (factur_x.h); UTF-8, the same bytes for the same invoice. Writes what is there: whether it
// may be sent is Check's answer. kInvalidArgument when a text holds characters that XML cannot
// carry.
Result<std::string> WriteCii(const EInvoice& invoice);

}  // namespace livery::invoices::e_invoice
