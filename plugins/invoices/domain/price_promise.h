#pragma once

#include <chrono>
#include <string>
#include <vector>

#include <livery/result.h>
#include <livery/time/instant.h>

#include "domain/document.h"

namespace livery::invoices {

// What a preview showed, and what its confirmation must charge: exactly those lines, within 15
// minutes, or nothing (DESIGN section 7, case PR-28).
struct PricePromise {
    static constexpr std::chrono::minutes kLife{15};
    Instant shown_at{};
    std::string lines;  // WordingOf what was shown

    // kConflict `error.preview_expired` or `error.price_changed`.
    Result<void> Keep(const std::vector<Document>& charged, Instant now) const;
};

// Everything in the documents that a payer would call their content, in one text: kinds, what the
// lines are for, times, quantities, prices, amounts, taxes. No ids, no numbers, no moments.
std::string WordingOf(const std::vector<Document>& documents);

}  // namespace livery::invoices
