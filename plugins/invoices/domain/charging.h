#pragma once

#include <optional>
#include <vector>

#include <livery/billing/policies.h>
#include <livery/billing/proration.h>
#include <livery/billing/timeline.h>

#include "domain/line.h"

namespace livery::invoices {

// What is to be written for one subscription at `as_of`: charges that have become due and are not
// billed yet, then what is to be given back of lines that are no longer due. Lines have no id, no
// discount and no tax yet, but for corrections, which bring the tax of what they correct.
//
// `settled` is when the last run was: what ended before that day was billed by then and is not
// looked at again. `billed` are the subscription's lines that reach to that day or beyond it, and
// its one-time charges of that day.
//
// Properties (tested): run twice it gives nothing the second time; what is billed less what is
// given back tiles the time that is due, without gap or overlap; no line is given back by more
// than was charged.
struct ChargingInput {
    const billing::Timeline& timeline;
    const std::vector<BilledLine>& billed;
    const billing::Policies& policies;
    std::optional<CivilTime> settled;
    CivilTime as_of;
};
std::vector<Line> ChargesDue(const ChargingInput& input);

}  // namespace livery::invoices
