#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/dunning.h"
#include "app/methods.h"
#include "app/start_payment.h"
#include "domain/standing.h"
#include "settings/payment_settings.h"

namespace livery::payments {

// What a day brings for accounts that owe: automatic payments by due date and by the retry plan,
// dunning, cards that expire. Each account by itself,
// so that one that fails holds up no other.
class Collection {
 public:
    Collection(StartPayment& start, Methods& methods, const PaymentPorts& ports)
        : start_(start), methods_(methods), ports_(ports), dunning_(ports) {}
    Dunning& dunning() { return dunning_; }

    struct Report {
        int tried = 0;  // charges: one for each currency
        int paid = 0;   // of them
        int announced = 0;
        int reminded = 0;
        int stepped = 0;
        int warned = 0;
        int finished = 0;  // accounts to which nothing more will be written
        int failed = 0;    // accounts that were left for the next run
        int left = 0;      // accounts whose provider does not answer: to be tried later today
        Report& operator+=(const Report& other);
    };
    // Of a day that begins; again on the same day it does what it could not do before.
    Report RunDay(const Tenant& tenant, Date today);

    // Case PA-07: what is due is taken at once when it is switched on.
    // kConflict `error.no_method`: nothing can be charged.
    Result<void> SetAutomatic(const Tenant& tenant, AccountId account, bool on);
    // The same as a part of the caller's transaction; afterwards he collects what is due.
    Result<void> SetAutomaticIn(db::Transaction& tx, const Tenant& tenant, AccountId account,
                                bool on);
    void CollectNow(const Tenant& tenant, AccountId account);
    Standing Of(const Tenant& tenant, AccountId account);
    // What would be taken at once today, a currency each.
    std::vector<Money> DueNow(const Tenant& tenant, AccountId account);

    // On a day by itself nobody is charged before the day by which he promised to pay, nor at a
    // provider that does not answer now. Whoever switches it on has changed his mind, and waits for
    // what comes of it.
    enum class Occasion { kDay, kSwitchedOn };
    // What can be taken of the account today is.
    void Collect(const Tenant& tenant, AccountId account, Date today, Occasion occasion,
                 Report& report);

 private:
    struct Due;
    struct AllDue;
    struct Begun;
    AllDue DueOf(db::Transaction& tx, AccountId account, Date today);
    Begun BeginTry(const Tenant& tenant, AccountId account, Date today, Occasion occasion,
                   bool is_silent);
    std::optional<Payment> Charge(const Tenant& tenant, const Due& due, const PaymentMethod& method,
                                  std::optional<PaymentId> after);
    std::optional<Payment> Take(const Tenant& tenant, const Due& due, Date today);
    void Warn(const Tenant& tenant, AccountId account, Date today, Report& report);
    std::set<AccountId> ToTreat(const Tenant& tenant, Date today);
    Report TreatOne(const Tenant& tenant, AccountId account, Date today);

    StartPayment& start_;
    Methods& methods_;
    const PaymentPorts& ports_;
    Dunning dunning_;
};

}  // namespace livery::payments
