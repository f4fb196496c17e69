#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <livery/ids.h>
#include <livery/time/instant.h>

#include "domain/dunning.h"
#include "domain/payment.h"
#include "domain/retry_plan.h"

namespace livery::payments {

// The automatic payments in one currency since something fell due that was not paid.
struct Tries {
    int count = 0;
    std::optional<Date> last;
    std::optional<Date> next;  // none with a count: not by itself any more
    // The next try is for the method after this one, which made way when its turn was over.
    std::optional<MethodId> passed = {};
    bool operator==(const Tries&) const = default;
};

// How an account pays, and how it is treated while it does not.
struct Standing {
    AccountId account;
    bool pays_automatically = false;
    std::map<Currency, Tries> tries;  // each currency has its own days
    // As it was kept when all currencies had the same: each begins with it.
    std::optional<Tries> tries_of_all;
    std::string step;  // of dunning; "" = clear
    std::optional<Promise> promise;
    std::map<Currency, RemindedOf> reminded;
    bool blocked = false;                   // by a step of dunning
    std::vector<SubscriptionId> suspended;  // by it, to be resumed
    std::optional<Date> announced;          // that something falls due
    // Refused, and no letter yet: the next method was to be charged at once.
    std::optional<PaymentId> untold;

    Tries& TriesIn(Currency currency);
    // Of all currencies: the most, the latest, and the first to come.
    int MostTries() const;
    std::optional<Date> LastTry() const;
    std::optional<Date> NextTry() const;
    // Whether anything is there that a payment may clear.
    bool IsTreated() const {
        return !step.empty() || MostTries() > 0 || promise || !reminded.empty() || blocked;
    }
};

// "clear", "warned", "blocked": how it stands, for programs and commands.
std::string_view WordOf(const Standing& standing);

// Whether money is to be taken by itself today. `newest_due`: of what is owed and due in that
// currency the latest due date: what fell due since the last try begins a new count.
bool TriesToday(const Tries& tries, Date newest_due, Date today);
// As of a try today, before it is made: a killed run does not try again the same day.
void BeginTry(Tries& tries, const RetryPlan& plan, Date newest_due, Date today);
// Once it is known why nothing came of it.
void EndTry(Tries& tries, const RetryPlan& plan, const RefusedTry& refused);
// It was refused, and the account's next method is to be charged: on the day after it was learned.
void PassOn(Tries& tries, MethodId refused, Date learned_on);
// There is something to be charged that was not there when the tries ended, or its owner chose it,
// or wants them again: they go on, today or on the day after the last one.
void TryOnceMore(Standing& standing, Date today);
// Besides what is noted already, each once.
void AddSuspended(Standing& standing, const std::vector<SubscriptionId>& more);
// Nothing that is due is owed any more but in these currencies: in others nothing is to be tried.
void SettleTries(Standing& standing, const std::set<Currency>& still_due);
// Nothing that is due is owed any more. What is suspended stays noted, for who resumes it.
void Settle(Standing& standing);

}  // namespace livery::payments
