#pragma once

#include <string>
#include <vector>

#include "conformance/check.h"

namespace livery::conformance {

struct Line {
    const Check* check;
    Verdict verdict;
};

// What a run came to. A level is reached when all of its checks passed or are no question for this
// gateway; one that is not implemented keeps every level that needs it out of reach.
// L1 sells: all but TOKEN, RECON, FAULT and ISO; L2 is resilient: also these two; L3: all.
struct Report {
    std::string gateway;  // "sandbox 1.0.0"
    std::vector<Line> lines;

    int Count(Verdict::Kind kind) const;
    // "L3" … "none"; why not higher is in `Missing`.
    std::string Level() const;
    // The level if only the implemented checks counted: what the gateway itself did not miss.
    std::string LevelOfImplemented() const;
};

std::string ToTable(const Report& report);
Json ToJson(const Report& report);

}  // namespace livery::conformance
