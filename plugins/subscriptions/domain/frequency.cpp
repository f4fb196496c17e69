#include "domain/frequency.h"

#include <livery/check.h>

namespace livery::subscriptions {

int MonthsOf(Frequency frequency) {
    switch (frequency) {
        case Frequency::kMonth:
            return 1;
        case Frequency::kQuarter:
            return 3;
        case Frequency::kYear:
            return 12;
    }
    return 1;
}

std::string_view ToString(Frequency frequency) {
    switch (frequency) {
        case Frequency::kMonth:
            return "month";
        case Frequency::kQuarter:
            return "quarter";
        case Frequency::kYear:
            return "year";
    }
    return "";
}

std::optional<Frequency> FrequencyFrom(std::string_view text) {
    for (const Frequency frequency : {Frequency::kMonth, Frequency::kQuarter, Frequency::kYear}) {
        if (ToString(frequency) == text) return frequency;
    }
    return std::nullopt;
}

Date PeriodStart(Date anchor, Frequency frequency, int n) {
    return AddMonths(anchor, n * MonthsOf(frequency));
}

Period PeriodOf(Date anchor, Frequency frequency, Date date) {
    LIVERY_CHECK(date >= anchor, "a period before the anchor");
    const std::chrono::year_month_day from(anchor);
    const std::chrono::year_month_day to(date);
    const int months = (static_cast<int>(to.year()) - static_cast<int>(from.year())) * 12 +
                       static_cast<int>(static_cast<unsigned>(to.month())) -
                       static_cast<int>(static_cast<unsigned>(from.month()));
    int n = months / MonthsOf(frequency);
    // The month's start of the period may lie after the date's day.
    while (PeriodStart(anchor, frequency, n) > date) --n;
    while (PeriodStart(anchor, frequency, n + 1) <= date) ++n;
    return {PeriodStart(anchor, frequency, n), PeriodStart(anchor, frequency, n + 1)};
}

}  // namespace livery::subscriptions
