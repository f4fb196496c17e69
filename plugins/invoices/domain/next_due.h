#pragma once

#include <optional>

#include <livery/billing/timeline.h>

namespace livery::invoices {

// The first moment after `after` at which a run could have something to charge or give back for the
// timeline: where a stretch begins or ends, or one of its periods does. Between `after` and that
// moment a run finds nothing new (tested against ChargesDue). none = never.
std::optional<CivilTime> NextDue(const billing::Timeline& timeline, CivilTime after);

}  // namespace livery::invoices
