#pragma once

#include <chrono>
#include <string>

#include <livery/result.h>
#include <livery/time/instant.h>

namespace livery::billing {

// What a preview showed, and what its confirmation must charge: exactly those lines, within 15
// minutes, or nothing (DESIGN section 7, case PR-28).
struct PricePromise {
    static constexpr std::chrono::minutes kLife{15};
    Instant shown_at{};
    std::string wording;  // everything that a payer would call the content, in one text

    bool HasExpired(Instant now) const { return now < shown_at || now - shown_at > kLife; }
    // kConflict `error.preview_expired` or `error.price_changed`.
    Result<void> Keep(const std::string& charged, Instant now) const {
        if (HasExpired(now)) return Conflict("error.preview_expired");
        if (charged != wording) return Conflict("error.price_changed");
        return {};
    }
};

}  // namespace livery::billing
