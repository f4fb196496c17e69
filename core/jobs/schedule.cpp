#include "jobs/schedule.h"

namespace livery::jobs {

std::vector<Date> DaysDue(std::optional<Date> last_begun, Date today) {
    std::vector<Date> days;
    for (Date day = last_begun.value_or(today); day <= today; day += std::chrono::days(1))
        days.push_back(day);
    return days;
}

std::chrono::seconds WaitAfter(int tries) { return std::chrono::minutes(tries * tries); }

}  // namespace livery::jobs
