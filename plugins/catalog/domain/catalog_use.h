#pragma once

#include <string>
#include <vector>

#include <livery/billing/catalog.h>

#include "domain/terms.h"

namespace livery::catalog {

// What was sold by a catalog is read again, in the catalog of the day, whenever something is
// charged: also for time that has passed. So a catalog may say anything of what comes, and nothing
// else of what was. This is the rule of it; pure.

// A version of a plan, or of what an add-on may be added to, that somebody has.
struct UsedVersion {
    enum class Kind { kPlan, kProduct };
    Kind kind = Kind::kPlan;
    std::string id;
    Date from{};        // the version's `effective_from`
    Date sold_on{};     // the last day whose version it was that somebody got
    Date used_on{};     // the last day on which somebody who has it was charged, or it was sold
    std::string terms;  // ToText; prices in the currencies that somebody pays in
    bool operator==(const UsedVersion&) const = default;
};

// All versions that count for who has `sold`, as `today` sees them: each plan's version of its day,
// later ones that existing subscriptions have moved to, and what add-ons may be added to. A plan
// that the catalog has not is among them, without terms.
std::vector<UsedVersion> UsedBy(const billing::Catalog& catalog,
                                const std::vector<billing::Sold>& sold, Date today);

// A version that was used before and is used now: its last days, and the terms of both, which agree
// where they speak of the same.
UsedVersion Joined(UsedVersion before, const UsedVersion& now);

// Why a catalog cannot stand beside what was sold.
struct Objection {
    enum class Reason {
        kGone,       // a plan, version or add-on that is sold is not in it
        kChanged,    // its terms were changed where they stand
        kDatedBack,  // a new version begins in time that was sold or charged by another
    };
    Reason reason = Reason::kGone;
    // Where to look in the file: keys, and `[i]` for items.
    std::vector<std::string> path;
    std::string message;
    bool operator==(const Objection&) const = default;
};
std::vector<Objection> ObjectionsTo(const billing::Catalog& catalog,
                                    const std::vector<UsedVersion>& used);

// As it is written in reports and logs: `plans.small.recurring`.
std::string ToString(const std::vector<std::string>& path);

}  // namespace livery::catalog
