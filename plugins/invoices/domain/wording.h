#pragma once

#include <string>
#include <vector>

#include "domain/document.h"

namespace livery::invoices {

// Everything in the documents that a payer would call their content, in one text: kinds, what the
// lines are for, times, quantities, prices, amounts, taxes. No ids, no numbers, no moments. What a
// price promise binds to (livery/billing/price_promise.h).
std::string WordingOf(const std::vector<Document>& documents);

}  // namespace livery::invoices
