#include "domain/retry_plan.h"

#include <algorithm>

namespace livery::payments {

std::optional<Date> NextTry(const RetryPlan& plan, const RefusedTry& refused) {
    const bool same_may_do =
        refused.decline == DeclineClass::kSoft || refused.decline == DeclineClass::kOurs;
    if (!same_may_do && !refused.has_other_method) return std::nullopt;
    if (refused.tries < 1 || IsLast(plan, refused.tries)) return std::nullopt;
    const auto step = static_cast<std::size_t>(refused.tries - 1);
    const Date next = refused.on + std::chrono::days(plan.after_days[step]);
    return std::max(next, refused.not_before.value_or(next));
}

bool IsLast(const RetryPlan& plan, int tries) {
    return tries > static_cast<int>(plan.after_days.size());
}

}  // namespace livery::payments
