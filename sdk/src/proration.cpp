#include <algorithm>
#include <optional>

#include <livery/billing/proration.h>
#include <livery/check.h>

namespace livery::billing {

namespace {

// Days on a calendar in which every month has 30: the 31st counts as the 30th.
std::int64_t Days360(CivilTime time) {
    const std::chrono::year_month_day date(DayOf(time));
    const auto day = std::min(static_cast<unsigned>(date.day()), 30U);
    return static_cast<int>(date.year()) * std::int64_t{360} +
           static_cast<unsigned>(date.month()) * std::int64_t{30} + day;
}

// How many months a period is; nullopt for one of days. The day of the month is the same at both
// ends, or one of them is a month's last and so falls short of the other.
std::optional<int> WholeMonths(const Span& period) {
    const std::chrono::year_month_day from(DayOf(period.from));
    const std::chrono::year_month_day to(DayOf(period.to));
    const auto is_last = [](const std::chrono::year_month_day& date) {
        return date == std::chrono::year_month_day(date.year() / date.month() / std::chrono::last);
    };
    const int months = (static_cast<int>(to.year()) - static_cast<int>(from.year())) * 12 +
                       static_cast<int>(static_cast<unsigned>(to.month())) -
                       static_cast<int>(static_cast<unsigned>(from.month()));
    const bool meets = from.day() == to.day() || (is_last(to) && from.day() > to.day()) ||
                       (is_last(from) && to.day() > from.day());
    return months > 0 && meets ? std::optional(months) : std::nullopt;
}

// Every month has 30 days; the period's end is its last one, however short its months are.
Ratio ShareOf30(const Span& span, const Span& period, int months) {
    const std::int64_t whole = std::int64_t{30} * months;
    const auto day = [&](CivilTime time) {
        if (time >= period.to) return whole;
        return std::clamp(Days360(time) - Days360(period.from), std::int64_t{0}, whole);
    };
    return {day(span.to) - day(span.from), whole};
}

std::int64_t DaysOf(const Span& span) { return (DayOf(span.to) - DayOf(span.from)).count(); }

}  // namespace

Ratio ShareOf(const Span& span, const Span& period, Policies::Proration proration) {
    LIVERY_CHECK(period.from <= span.from && span.to <= period.to && !period.IsEmpty(),
                 "a part outside of its period");
    switch (proration) {
        case Policies::Proration::kToTheSecond:
            return {(span.to - span.from).count(), (period.to - period.from).count()};
        case Policies::Proration::kFixed30:
            // Shorter than a month, days are what they are.
            if (const auto months = WholeMonths(period)) return ShareOf30(span, period, *months);
            break;
        case Policies::Proration::kActualDays:
            break;
    }
    return {DaysOf(span), DaysOf(period)};
}

}  // namespace livery::billing
