#pragma once

#include <set>
#include <vector>

#include <livery/time/instant.h>

namespace livery::payments {

// So many days of a provider's list are compared at one go, and no more of them are made up for.
constexpr int kMostDaysCompared = 30;

// The days up to `last` that are to be compared yet, the oldest first: of the last
// kMostDaysCompared those that follow the first that was ever ended and were not ended themselves,
// since the host was down or the database was set back. `last` alone where none was.
// `ended` holds the latest days that were, none after `last`: all of them, or at least one more
// than kMostDaysCompared.
std::vector<Date> DaysToCompare(const std::set<Date>& ended, Date last);

}  // namespace livery::payments
