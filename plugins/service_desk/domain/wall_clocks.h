#pragma once

// Wall clocks of tests.

#include <utility>
#include <vector>

#include "domain/open_hours.h"

namespace livery::service_desk::testing {

inline Instant At(int year, unsigned month, unsigned day, int hour = 0, int minute = 0) {
    using namespace std::chrono;
    return sys_days(std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day)) +
           hours(hour) + minutes(minute);
}

inline WallClock Utc() {
    return [](Instant) { return Offset{}; };
}

// From each instant on so far east of UTC, in their order; before the first as at the first.
inline WallClock Changing(std::vector<std::pair<Instant, std::chrono::seconds>> changes) {
    return [changes = std::move(changes)](Instant instant) {
        Offset now{changes.front().second, Instant::max()};
        for (const auto& [from, east] : changes) {
            if (instant < from) {
                now.until = from;
                break;
            }
            now.east_of_utc = east;
        }
        return now;
    };
}

// As in 2026; the clocks go on by an hour at 1:00 UTC on 29 March and back on 25 October.
inline WallClock Berlin() {
    using std::chrono::hours;
    return Changing({{At(2026, 1, 1), hours(1)},
                     {At(2026, 3, 29, 1), hours(2)},
                     {At(2026, 10, 25, 1), hours(1)}});
}

inline Hours From(int from_hour, int to_hour) {
    return {std::chrono::hours(from_hour), std::chrono::hours(to_hour)};
}

// Monday to Friday from 9:00 to 17:00.
inline BusinessCalendar OfficeHours() {
    BusinessCalendar calendar;
    for (unsigned day = 1; day <= 5; ++day) calendar.week.at(day) = {From(9, 17)};
    return calendar;
}

}  // namespace livery::service_desk::testing
