#pragma once

#include <livery/billing/policies.h>
#include <livery/money/rounding.h>
#include <livery/time/frequency.h>

namespace livery::billing {

// The part of `period` that `span` is, measured as the tenant's policy says. `span` lies within
// `period`. Rule: DESIGN section 7; cases PR-01, 02, 14, 15, 26.
Ratio ShareOf(const Span& span, const Span& period, Policies::Proration proration);

}  // namespace livery::billing
