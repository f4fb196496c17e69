#include "domain/standing.h"

#include <algorithm>

namespace livery::payments {

namespace {

bool IsNew(const Standing& standing, Date newest_due) {
    return standing.tries == 0 || !standing.last_try || newest_due > *standing.last_try;
}

}  // namespace

std::string_view WordOf(const Standing& standing) {
    if (standing.blocked) return "blocked";
    return standing.step.empty() ? "clear" : "warned";
}

bool TriesToday(const Standing& standing, Date newest_due, Date today) {
    if (!standing.pays_automatically || standing.last_try == today) return false;
    return IsNew(standing, newest_due) || (standing.next_try && *standing.next_try <= today);
}

void BeginTry(Standing& standing, const RetryPlan& plan, Date newest_due, Date today) {
    standing.tries = IsNew(standing, newest_due) ? 1 : standing.tries + 1;
    standing.last_try = today;
    standing.next_try = NextTry(plan, {standing.tries, DeclineClass::kSoft, today, {}, false});
}

void EndTry(Standing& standing, const RetryPlan& plan, const RefusedTry& refused) {
    standing.next_try = NextTry(plan, refused);
}

void TryOnceMore(Standing& standing, Date today) {
    if (!standing.pays_automatically || standing.tries == 0 || standing.next_try) return;
    standing.next_try = standing.last_try == today ? today + std::chrono::days(1) : today;
}

void AddSuspended(Standing& standing, const std::vector<SubscriptionId>& more) {
    for (const SubscriptionId id : more) {
        if (std::find(standing.suspended.begin(), standing.suspended.end(), id) ==
            standing.suspended.end())
            standing.suspended.push_back(id);
    }
}

void Settle(Standing& standing) {
    standing.tries = 0;
    standing.next_try.reset();
    standing.step.clear();
    standing.promise.reset();
    standing.reminded.clear();
    standing.blocked = false;
    standing.untold.reset();
}

}  // namespace livery::payments
