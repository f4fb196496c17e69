#pragma once

#include <string>
#include <vector>

#include <livery/billing/policies.h>
#include <livery/billing/timeline.h>

#include "domain/line.h"

namespace livery::invoices {

// The recurring lines of one subscription, held against the time that it was in use: what was
// charged and not given back tiles it (invariant I7 of reliability-security 5.1).

struct ChargedLine {
    std::string document;  // its number; "" = a draft
    BilledLine billed;
};

// Time in use that was due at `billed_to` and that no line charges.
std::vector<Span> UnchargedTime(const billing::Timeline& timeline,
                                const std::vector<ChargedLine>& lines, CivilTime billed_to);

// Two lines of which something is left and that both charge `time`. What is worth nothing, or was
// written off, is not given back and may be charged again.
struct ChargedTwice {
    const ChargedLine* first;
    const ChargedLine* second;
    Span time;
};
std::vector<ChargedTwice> TimeChargedTwice(const std::vector<ChargedLine>& lines,
                                           billing::Policies::Proration proration);

}  // namespace livery::invoices
