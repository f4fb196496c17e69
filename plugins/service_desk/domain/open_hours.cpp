#include "domain/open_hours.h"

#include <algorithm>

namespace livery::service_desk {

namespace {

using std::chrono::days;
using std::chrono::floor;

constexpr auto kGivenUpAfter = days(5 * 366);

// A wall clock's reading, counted as if it were UTC.
using Reading = Instant;

const std::vector<Hours>& HoursOf(const BusinessCalendar& calendar, Date day) {
    static const std::vector<Hours> kNone;
    const std::chrono::year_month_day date(day);
    if (calendar.holidays.contains(day) || calendar.every_year.contains(date.month() / date.day()))
        return kNone;
    return calendar.week.at(std::chrono::weekday(day).c_encoding());
}

// Calls `take` with each stretch of readings within [from, to) at which the desk is open, in order,
// until it says false; whether it never did.
template <class Take>
bool EachOpen(const BusinessCalendar& calendar, Reading from, Reading to, const Take& take) {
    for (Date day = floor<days>(from); day < to; day += days(1)) {
        for (const Hours& hours : HoursOf(calendar, day)) {
            const Reading begin = std::max<Reading>(from, day + hours.from);
            const Reading end = std::min<Reading>(to, day + hours.to);
            if (begin < end && !take(begin, end)) return false;
        }
    }
    return true;
}

// The same in instants: between two changes of the offset readings and instants run side by side.
template <class Take>
void EachOpenStretch(const BusinessCalendar& calendar, const WallClock& clock, Instant from,
                     Instant to, const Take& take) {
    while (from < to) {
        const Offset offset = clock(from);
        const Instant end = std::min(to, offset.until);
        const auto east = offset.east_of_utc;
        const bool goes_on =
            EachOpen(calendar, from + east, end + east,
                     [&](Reading begin, Reading stop) { return take(begin - east, stop - east); });
        if (!goes_on) return;
        from = end;
    }
}

}  // namespace

BusinessCalendar BusinessCalendar::Always() {
    BusinessCalendar calendar;
    for (auto& hours : calendar.week) hours = {{std::chrono::hours(0), std::chrono::hours(24)}};
    return calendar;
}

Duration OpenTime(const BusinessCalendar& calendar, const WallClock& clock, Instant from,
                  Instant to) {
    Duration open{0};
    EachOpenStretch(calendar, clock, from, to, [&](Instant begin, Instant end) {
        open += end - begin;
        return true;
    });
    return open;
}

std::optional<Instant> AfterOpenTime(const BusinessCalendar& calendar, const WallClock& clock,
                                     Instant from, Duration open) {
    if (open <= Duration(0)) return from;
    std::optional<Instant> reached;
    EachOpenStretch(calendar, clock, from, from + kGivenUpAfter, [&](Instant begin, Instant end) {
        if (end - begin < open) {
            open -= end - begin;
            return true;
        }
        reached = begin + open;
        return false;
    });
    return reached;
}

}  // namespace livery::service_desk
