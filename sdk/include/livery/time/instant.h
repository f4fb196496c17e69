#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace livery {

// A point in time, UTC, to the microsecond: DATETIME(6) in the database.
using Instant = std::chrono::sys_time<std::chrono::microseconds>;

// A civil date without a time zone: DATE in the database.
using Date = std::chrono::sys_days;

// "2026-03-31"; nullopt for anything else or an impossible date.
std::optional<Date> ParseDate(std::string_view iso);
std::string ToIso(Date date);
// RFC 3339 with microseconds and Z.
std::string ToIso(Instant instant);

// The date `months` later on the same day of the month, or the month's last day when it has none
// such. The caller keeps the anchor day, so 31 January + 1 + 1 gives 31 March (cases SC-01).
Date AddMonths(Date anchor, int months);

// Half-open: `from` belongs to it, `to` does not.
struct Period {
    Date from;
    Date to;
    bool operator==(const Period&) const = default;
    int Days() const { return static_cast<int>((to - from).count()); }
    bool Contains(Date date) const { return from <= date && date < to; }
};

}  // namespace livery
