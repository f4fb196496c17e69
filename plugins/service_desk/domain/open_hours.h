#pragma once

#include <array>
#include <chrono>
#include <functional>
#include <optional>
#include <set>
#include <vector>

#include <livery/time/instant.h>

namespace livery::service_desk {

using Duration = std::chrono::microseconds;

// Which offset from UTC the wall clocks of a place have at an instant, and from when on they may
// have another one.
struct Offset {
    std::chrono::seconds east_of_utc{0};
    Instant until = Instant::max();
};
using WallClock = std::function<Offset(Instant)>;

// From and to on a wall clock, half-open; 24:00 is the end of the day.
struct Hours {
    std::chrono::minutes from{0};
    std::chrono::minutes to{0};
    bool operator==(const Hours&) const = default;
};

// When somebody is there to answer. The desk is open at an instant when the wall clock then shows a
// day that is no holiday and a time within its hours: an hour that the clocks show twice is open
// twice, one that they skip is not there.
struct BusinessCalendar {
    // From Sunday on, as std::chrono::weekday::c_encoding counts. Of each day in order, and apart.
    std::array<std::vector<Hours>, 7> week;
    std::set<Date> holidays;
    std::set<std::chrono::month_day> every_year;

    // Around the clock, as where nothing is said.
    static BusinessCalendar Always();
};

// How much of [from, to) the desk is open; nothing when `to` is not later.
Duration OpenTime(const BusinessCalendar& calendar, const WallClock& clock, Instant from,
                  Instant to);
// The first instant by which the desk was open for so long since `from`: `from` itself for nothing.
// nullopt: not within five years, as where every day is a holiday.
std::optional<Instant> AfterOpenTime(const BusinessCalendar& calendar, const WallClock& clock,
                                     Instant from, Duration open);

}  // namespace livery::service_desk
