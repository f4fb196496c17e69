#include "domain/standing.h"

#include <algorithm>

namespace livery::payments {

namespace {

bool IsNew(const Tries& tries, Date newest_due) {
    return tries.count == 0 || !tries.last || newest_due > *tries.last;
}

}  // namespace

Tries& Standing::TriesIn(Currency currency) {
    return tries.try_emplace(currency, tries_of_all.value_or(Tries{})).first->second;
}

int Standing::MostTries() const {
    int most = tries_of_all && tries.empty() ? tries_of_all->count : 0;
    for (const auto& [currency, one] : tries) most = std::max(most, one.count);
    return most;
}

std::optional<Date> Standing::LastTry() const {
    std::optional<Date> last = tries_of_all ? tries_of_all->last : std::nullopt;
    for (const auto& [currency, one] : tries) last = std::max(last, one.last);
    return last;
}

std::optional<Date> Standing::NextTry() const {
    std::optional<Date> next = tries_of_all && tries.empty() ? tries_of_all->next : std::nullopt;
    for (const auto& [currency, one] : tries) {
        if (one.next && (!next || *one.next < *next)) next = one.next;
    }
    return next;
}

std::string_view WordOf(const Standing& standing) {
    if (standing.blocked) return "blocked";
    return standing.step.empty() ? "clear" : "warned";
}

bool TriesToday(const Tries& tries, Date newest_due, Date today) {
    if (tries.last == today) return false;
    return IsNew(tries, newest_due) || (tries.next && *tries.next <= today);
}

void BeginTry(Tries& tries, const RetryPlan& plan, Date newest_due, Date today) {
    tries.count = IsNew(tries, newest_due) ? 1 : tries.count + 1;
    tries.last = today;
    tries.next = NextTry(plan, {tries.count, DeclineClass::kSoft, today, {}, false});
    tries.passed.reset();
}

void EndTry(Tries& tries, const RetryPlan& plan, const RefusedTry& refused) {
    tries.next = NextTry(plan, refused);
}

void PassOn(Tries& tries, MethodId refused, Date learned_on) {
    tries.passed = refused;
    tries.next = learned_on + std::chrono::days(1);
}

void TryOnceMore(Standing& standing, Date today) {
    if (!standing.pays_automatically) return;
    const auto once_more = [today](Tries& tries) {
        if (tries.count == 0 || tries.next) return;
        tries.next = tries.last == today ? today + std::chrono::days(1) : today;
    };
    if (standing.tries_of_all) once_more(*standing.tries_of_all);
    for (auto& [currency, tries] : standing.tries) once_more(tries);
}

void SettleTries(Standing& standing, const std::set<Currency>& still_due) {
    for (auto& [currency, tries] : standing.tries) {
        if (!still_due.contains(currency)) tries = Tries{0, tries.last, std::nullopt};
    }
}

void AddSuspended(Standing& standing, const std::vector<SubscriptionId>& more) {
    for (const SubscriptionId id : more) {
        if (std::find(standing.suspended.begin(), standing.suspended.end(), id) ==
            standing.suspended.end())
            standing.suspended.push_back(id);
    }
}

void Settle(Standing& standing) {
    SettleTries(standing, {});
    if (standing.tries_of_all) standing.tries_of_all = {0, standing.tries_of_all->last, {}};
    standing.step.clear();
    standing.promise.reset();
    standing.reminded.clear();
    standing.blocked = false;
    standing.untold.reset();
}

}  // namespace livery::payments
