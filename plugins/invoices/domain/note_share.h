#pragma once

#include <vector>

#include "domain/line.h"

namespace livery::invoices {

// Corrections (kAdjustment) that give back `amount` with tax, over all these lines in proportion to
// what is left of them, as an allowance on a whole invoice is spread over its VAT rates (EN 16931,
// BG-20). First over the rates, then over the lines of each, by the largest remainder: the amounts
// add up to `amount`, each rate gives back its part of net and tax rounded once, and no line gives
// back more than is left of it. Lines of which nothing comes back are left out.
// `amount` is at most what is left of all lines with their taxes.
std::vector<Line> SharedOut(const std::vector<BilledLine>& billed, const Money& amount);

}  // namespace livery::invoices
