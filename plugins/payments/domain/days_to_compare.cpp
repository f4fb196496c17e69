#include "domain/days_to_compare.h"

#include <algorithm>

namespace livery::payments {

std::vector<Date> DaysToCompare(const std::set<Date>& ended, Date last) {
    constexpr std::chrono::days kDay{1};
    const Date oldest = last - kDay * (kMostDaysCompared - 1);
    const Date first = ended.empty() ? last : std::max(oldest, *ended.begin() + kDay);
    std::vector<Date> days;
    for (Date day = first; day <= last; day += kDay) {
        if (ended.count(day) == 0) days.push_back(day);
    }
    return days;
}

}  // namespace livery::payments
