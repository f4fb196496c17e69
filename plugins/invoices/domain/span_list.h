#pragma once

#include <vector>

#include <livery/time/frequency.h>

namespace livery::invoices {

// What is left of the spans when `cut` is taken out of each.
std::vector<Span> Without(const std::vector<Span>& spans, const Span& cut);

}  // namespace livery::invoices
