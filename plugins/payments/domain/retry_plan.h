#pragma once

#include <optional>
#include <vector>

#include <livery/time/instant.h>

#include "domain/decline.h"

namespace livery::payments {

// When an automatic payment that was refused is tried again: so many days after the try before
// (DU-01: 1, 8, 4, 7 makes days 0, 1, 9, 13, 20).
struct RetryPlan {
    std::vector<int> after_days{1, 8, 4, 7};
};

struct RefusedTry {
    int tries = 1;  // this one included
    DeclineClass decline = DeclineClass::kSoft;
    Date on{};
    std::optional<Date> not_before;  // as the provider asks
    bool has_other_method = false;   // of the account, not refused for good
};

// nullopt: not by itself any more. A method that was refused for good, or wants its owner present,
// is not tried again; another method of the account is, on the plan's days.
std::optional<Date> NextTry(const RetryPlan& plan, const RefusedTry& refused);
// After so many tries the plan has no other day: a second method is not kept for later.
bool IsLast(const RetryPlan& plan, int tries);

}  // namespace livery::payments
