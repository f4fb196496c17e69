#pragma once

#include <livery/billing/proration.h>

#include "domain/line.h"

namespace livery::invoices {

// The part of what the line really charged that belongs to `part` of its period. It may be measured
// otherwise than the line was: a tenant may change his policy. The line's share is not 0.
Money PartOf(const Line& line, const Ratio& part);

// Not a minor unit for that time, which lies within its period: then it is charged as nothing, and
// nothing can be given back of it either.
bool IsWorthNothing(const Line& line, const Span& time, billing::Policies::Proration proration);

}  // namespace livery::invoices
