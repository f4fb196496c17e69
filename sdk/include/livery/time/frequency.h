#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <livery/time/instant.h>

namespace livery {

// A day and time of day on the wall of one place, without naming the zone. Business rules (periods,
// anchors, proration) are about such times; use cases convert at the edge (ports/time_zones.h).
using CivilTime = std::chrono::sys_seconds;

// The day that it lies in.
inline Date DayOf(CivilTime time) { return std::chrono::floor<std::chrono::days>(time); }

// "2026-03-31" or, when it is not midnight, "2026-03-31T12:00:00".
std::string ToIso(CivilTime time);
// Either form; nullopt for anything else.
std::optional<CivilTime> ParseCivilTime(std::string_view iso);

// Half-open: `from` belongs to it, `to` does not.
struct Span {
    CivilTime from;
    CivilTime to;
    bool IsEmpty() const { return to <= from; }
    bool Contains(CivilTime time) const { return from <= time && time < to; }
    bool operator==(const Span&) const = default;
    auto operator<=>(const Span&) const = default;
};
Span Intersect(const Span& a, const Span& b);  // may be empty

// A length of civil time: a trial of 14 days, a price every 3 months.
struct Length {
    enum class Unit { kDay, kMonth };
    int count = 1;
    Unit unit = Unit::kMonth;
    bool operator==(const Length&) const = default;
    // "day", "week", "month", "quarter", "half_year", "year", "14 days", "2 weeks", "3 months",
    // "2 years"; weeks are days and years are months. nullopt for anything else and for counts
    // outside 1 … 1200.
    static std::optional<Length> Parse(std::string_view text);
    std::string ToString() const;  // the shortest of the forms that Parse takes
};

// `from` later by the length; months keep the day, or take the month's last one.
CivilTime operator+(CivilTime from, const Length& length);

// When something recurs: the points `anchor + k × every` for every whole k, negative ones too.
// Months are always counted from the anchor on `day` (1 … 31), shortened to the month's last day
// where it must be, so 31 January gives 28 February and then 31 March (case SC-01).
class BillingGrid {
 public:
    // On the anchor's own day of the month.
    BillingGrid(CivilTime anchor, Length every);
    // The first point is the first day `day` on or after `from`.
    static BillingGrid OnDay(CivilTime from, int day, Length every);

    CivilTime PointAt(int k) const;
    // The k of the last point that is not after `time`.
    int IndexAt(CivilTime time) const;
    // The whole period that holds `time`.
    Span Enclosing(CivilTime time) const;
    // The first point on or after `time`.
    CivilTime NextOnOrAfter(CivilTime time) const;

    CivilTime anchor() const { return anchor_; }
    int day() const { return day_; }
    Length every() const { return every_; }
    bool operator==(const BillingGrid&) const = default;

 private:
    BillingGrid(CivilTime anchor, Length every, int day)
        : anchor_(anchor), every_(every), day_(day) {}
    CivilTime anchor_;
    Length every_;
    int day_;
};

}  // namespace livery
