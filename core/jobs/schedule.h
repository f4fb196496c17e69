#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include <livery/time/instant.h>

namespace livery::jobs {

// Rules of daily runs; pure.

inline constexpr int kMostTries = 5;

// Which days are to be looked at, in their order: from the last one of which anything was begun (it
// may not be finished) to today. A tenant that is seen for the first time begins today.
std::vector<Date> DaysDue(std::optional<Date> last_begun, Date today);

// How long a run is left alone that has failed so many times: 1, 4, 9, 16 minutes.
std::chrono::seconds WaitAfter(int tries);

}  // namespace livery::jobs
