#pragma once

#include <optional>
#include <string_view>

#include <livery/time/instant.h>

namespace livery::subscriptions {

// How often a price recurs.
enum class Frequency { kMonth, kQuarter, kYear };

int MonthsOf(Frequency frequency);
std::string_view ToString(Frequency frequency);  // "month", "quarter", "year": as stored
std::optional<Frequency> FrequencyFrom(std::string_view text);

// The start of the n-th period of something that began on `anchor` (n = 0 is the anchor itself).
// Always counted from the anchor, so that 31 January gives 28 February and then 31 March.
Date PeriodStart(Date anchor, Frequency frequency, int n);
// The period that holds `date`; `date` is not before `anchor`.
Period PeriodOf(Date anchor, Frequency frequency, Date date);

}  // namespace livery::subscriptions
