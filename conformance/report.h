#pragma once

#include <map>
#include <string>
#include <vector>

#include "conformance/check.h"
#include "gateways/certificate.h"

namespace livery::conformance {

struct Line {
    const Check* check;
    Verdict verdict;
};

// What a run came to. A level is reached when all of its checks passed or are no question for this
// gateway (with the reason in the report; what a double waived is in the certificate too); one that
// is not implemented keeps every level that needs it out of reach.
// L1 sells: all but TOKEN, RECON, FAULT and ISO; L2 is resilient: also these two; L3: all.
struct Report {
    std::string id;       // "sandbox"
    std::string version;  // "1.0.0"
    std::vector<Line> lines;

    std::string sha256 = {};  // of the file
    std::string date = {};    // of the run, ISO 8601

    int Count(Verdict::Kind kind) const;
    // Name to reason of what the provider's double said that it cannot show.
    std::map<std::string, std::string> Waived() const;
    // "L3" … "none"; why not higher is in `Missing`.
    std::string Level() const;
    // The level if only the implemented checks counted: what the gateway itself did not miss.
    std::string LevelOfImplemented() const;
    // Whether that level is reached; any is when `level` is empty.
    bool Reaches(const std::string& level) const;
};

// "passed", "failed", "waived", …
std::string_view WordOf(const Verdict& verdict);

std::string ToTable(const Report& report);
Json ToJson(const Report& report);
// One page, whole in itself: no script, nothing from elsewhere, light and dark, and readable on a
// telephone.
std::string ToPage(const Report& report);
// Throws std::logic_error when no level is reached.
gateways::Certificate CertificateOf(const Report& report);

// Of the checks and of what they say; the major number is that of the contract.
constexpr const char* kKitVersion = "1.2.0";

}  // namespace livery::conformance
