#include "app/collection.h"

#include <algorithm>
#include <exception>
#include <map>
#include <mutex>

#include <livery/db/attempt.h>

#include "app/at_once.h"
#include "app/owed.h"
#include "app/refused_payment.h"
#include "storage/method_repository.h"
#include "storage/payment_repository.h"
#include "storage/slot_repository.h"
#include "storage/standing_repository.h"

namespace livery::payments {

namespace {

constexpr std::size_t kPage = 200;

// All accounts of a list that is read in pages of kPage, each after the last of the one before.
template <typename PageAfter>
void AddPages(std::set<AccountId>& accounts, const PageAfter& page_after) {
    for (AccountId after;;) {
        const std::vector<AccountId> page = page_after(after);
        accounts.insert(page.begin(), page.end());
        if (page.size() < kPage) return;
        after = page.back();
    }
}

// Without one that made way, and those before it: unless nothing would be left.
std::vector<PaymentMethod> After(const std::optional<MethodId>& passed,
                                 std::vector<PaymentMethod> order) {
    const auto found = std::find_if(order.begin(), order.end(), [&](const PaymentMethod& method) {
        return method.id == passed;
    });
    if (found != order.end() && std::next(found) != order.end())
        order.erase(order.begin(), std::next(found));
    return order;
}

}  // namespace

// What is due of an account in one currency: what one charge takes.
struct Collection::Due {
    AccountId account;
    std::vector<Share> parts;
    Date newest{};                        // of the parts
    int tries = 0;                        // with this one
    std::optional<MethodId> passed = {};  // begins with the method after it

    Currency currency() const { return parts.front().amount.currency(); }
};

// A currency each, the oldest invoice's first.
struct Collection::AllDue {
    std::vector<Due> dues;
    std::set<Currency> currencies;  // of all that is due, whether it is to be taken or not
};

Collection::AllDue Collection::DueOf(db::Transaction& tx, AccountId account, Date today) {
    AllDue all;
    std::vector<OwedInvoice> owed = UndisputedOf(tx, ports_.invoicing, account);
    std::erase_if(owed, [&](const OwedInvoice& one) { return one.due_on > today; });
    for (const OwedInvoice& one : owed) all.currencies.insert(one.balance.currency());
    if (owed.empty()) return all;
    owed = Without(std::move(owed), HeldByBanks(tx, account));
    std::vector<InvoiceId> ids;
    for (const OwedInvoice& one : owed) ids.push_back(one.id);
    const auto slots = SlotRepository::Lock(tx, ids);
    std::map<Currency, std::size_t> places;
    for (const OwedInvoice& one : owed) {
        const auto [place, is_first] = places.try_emplace(one.balance.currency(), all.dues.size());
        if (is_first) all.dues.push_back({.account = account});
        Due& due = all.dues[place->second];
        // What is being paid another way is left out: a page that was left open holds up no other.
        if (slots.at(one.id).payment) continue;
        due.newest = std::max(due.newest, one.due_on);
        due.parts.push_back({one.id, one.balance});
    }
    std::erase_if(all.dues, [](const Due& due) { return due.parts.empty(); });
    return all;
}

// What a try takes; none where the account is not to be tried, or not now.
struct Collection::Begun {
    std::vector<Due> dues = {};
    bool is_left = false;
};

// The count goes up before anything is sent: a run that is killed does not try twice a day. No try
// is spent on a provider that does not answer.
Collection::Begun Collection::BeginTry(const Tenant& tenant, AccountId account, Date today,
                                       Occasion occasion, bool is_silent) {
    Begun begun;
    ports_.database.Transact(tenant.id, [&](db::Transaction& tx) {
        begun = {};
        AllDue all = DueOf(tx, account, today);
        Standing standing = StandingRepository::Lock(tx, account);
        all.currencies.empty() ? Settle(standing) : SettleTries(standing, all.currencies);
        const bool holds = occasion == Occasion::kDay && Holds(standing.promise, today);
        for (Due& due : all.dues) {
            Tries& tries = standing.TriesIn(due.currency());
            if (holds || !standing.pays_automatically || !TriesToday(tries, due.newest, today))
                continue;
            begun.is_left = begun.is_left || is_silent;
            if (is_silent) continue;
            due.passed = tries.passed;
            payments::BeginTry(tries, PaymentSettings::Of(tenant).retries(), due.newest, today);
            due.tries = tries.count;
            if (due.tries == 1) due.passed.reset();
            begun.dues.push_back(std::move(due));
        }
        StandingRepository::Save(tx, standing);
    });
    return begun;
}

std::optional<Payment> Collection::Charge(const Tenant& tenant, const Due& due,
                                          const PaymentMethod& method,
                                          std::optional<PaymentId> after) {
    StartPayment::Wish wish{due.account, "", Origin::kAutomatic, due.parts};
    wish.ChargeOn(method);
    wish.after = after;
    auto started = start_.Run(tenant, wish);
    if (!started) return std::nullopt;
    return *std::move(started);
}

void Collection::Collect(const Tenant& tenant, AccountId account, Date today, Occasion occasion,
                         Report& report) {
    TellUntold(ports_, tenant, account);
    const auto first = Chargeable(methods_.Of(tenant, account), today);
    if (first.empty()) return;
    const bool is_silent =
        occasion == Occasion::kDay && ports_.gateways.IsSilent(tenant.id, first.front().instance);
    const Begun begun = BeginTry(tenant, account, today, occasion, is_silent);
    if (begun.is_left) ++report.left;
    for (const Due& due : begun.dues) {
        ++report.tried;
        const auto payment = Take(tenant, due, today);
        if (payment && HasMoney(payment->state)) ++report.paid;
    }
}

// By the first method, or the next ones where that makes way.
std::optional<Payment> Collection::Take(const Tenant& tenant, const Due& due, Date today) {
    std::optional<Payment> payment;
    const RetryPlan plan = PaymentSettings::Of(tenant).retries();
    for (const PaymentMethod& method :
         After(due.passed, Chargeable(methods_.Of(tenant, due.account), today))) {
        std::optional<PaymentId> refused;
        if (payment) refused = payment->id;
        payment = Charge(tenant, due, method, refused);
        if (!payment || !MakesWay(*payment, plan, due.tries)) break;
    }
    TellUntold(ports_, tenant, due.account);
    return payment;
}

void Collection::Warn(const Tenant& tenant, AccountId account, Date today, Report& report) {
    const auto methods = methods_.Of(tenant, account);
    const auto warns = [&](const PaymentMethod& method) {
        return WarnsToday(method, today).has_value();
    };
    if (std::none_of(methods.begin(), methods.end(), warns)) return;
    ports_.database.Transact(tenant.id, [&](db::Transaction& tx) {
        for (PaymentMethod& method : MethodRepository::LockAll(tx, account)) {
            if (!warns(method)) continue;
            method.warned_on = today;
            MethodRepository::Save(tx, method);
            ports_.letters.Expires(tx, tenant, method);
            ++report.warned;
        }
    });
}

Collection::Report& Collection::Report::operator+=(const Report& other) {
    tried += other.tried;
    paid += other.paid;
    announced += other.announced;
    reminded += other.reminded;
    stepped += other.stepped;
    warned += other.warned;
    finished += other.finished;
    failed += other.failed;
    left += other.left;
    return *this;
}

// Nobody is reminded of what we have not tried to take: that comes with the next try.
Collection::Report Collection::TreatOne(const Tenant& tenant, AccountId account, Date today) {
    Report report;
    try {
        Warn(tenant, account, today, report);
        Collect(tenant, account, today, Occasion::kDay, report);
        if (report.left > 0) return report;
        const Dunning::Done dunned = dunning_.Treat(tenant, account, today);
        report.announced += dunned.announced;
        report.reminded += dunned.reminded;
        report.stepped += dunned.stepped;
        report.finished += dunned.finished;
    } catch (const std::exception& failure) {
        ++report.failed;
        ports_.log.Warn("payment.account_left_out", {{"tenant", tenant.id.value()},
                                                     {"account", account.ToString()},
                                                     {"why", failure.what()}});
    }
    return report;
}

std::set<AccountId> Collection::ToTreat(const Tenant& tenant, Date today) {
    std::set<AccountId> accounts;
    // Also those who are told before something falls due.
    std::chrono::days ahead{0};
    for (const int days : PaymentSettings::Of(tenant).announce_before_days)
        ahead = std::max(ahead, std::chrono::days(days));
    AddPages(accounts, [&](AccountId after) {
        std::vector<AccountId> page;
        ports_.database.Transact(tenant.id, [&](db::Transaction& tx) {
            page = ports_.invoicing.AccountsOwing(tx, today + ahead, after, kPage);
        });
        return page;
    });
    for (const int days : kWarnBeforeDays)
        AddPages(accounts, [&](AccountId after) {
            return MethodRepository::ExpiringOn(ports_.database, tenant.id,
                                                today + std::chrono::days(days), after, kPage);
        });
    AddPages(accounts, [&](AccountId after) {
        return StandingRepository::Treated(ports_.database, tenant.id, after, kPage);
    });
    return accounts;
}

Collection::Report Collection::RunDay(const Tenant& tenant, Date today) {
    Report report;
    std::mutex adding;  // guards report
    const std::set<AccountId> accounts = ToTreat(tenant, today);
    AtOnce(std::vector(accounts.begin(), accounts.end()),
           static_cast<std::size_t>(PaymentSettings::Of(tenant).calls_at_once),
           [&](AccountId account) {
               const Report one = TreatOne(tenant, account, today);
               const std::lock_guard lock(adding);
               report += one;
           });
    return report;
}

Standing Collection::Of(const Tenant& tenant, AccountId account) {
    return StandingRepository::Of(ports_.database, tenant.id, account);
}

std::vector<Money> Collection::DueNow(const Tenant& tenant, AccountId account) {
    const Date today = DayOf(ports_.time.CivilNow(tenant));
    std::vector<Money> sums;
    // Only looked at: the slots that it makes are undone.
    (void)db::Rehearse<bool>(ports_.database, tenant.id, [&](db::Transaction& tx) -> Result<bool> {
        sums.clear();
        for (const Due& due : DueOf(tx, account, today).dues) sums.push_back(SumOf(due.parts));
        return true;
    });
    return sums;
}

Result<void> Collection::SetAutomatic(const Tenant& tenant, AccountId account, bool on) {
    LIVERY_TRY(db::Attempt<void>(ports_.database, tenant.id, [&](db::Transaction& tx) {
        return SetAutomaticIn(tx, tenant, account, on);
    }));
    if (on) CollectNow(tenant, account);
    return {};
}

Result<void> Collection::SetAutomaticIn(db::Transaction& tx, const Tenant& tenant,
                                        AccountId account, bool on) {
    const Date today = DayOf(ports_.time.CivilNow(tenant));
    const auto methods = MethodRepository::LockAll(tx, account);
    if (on && Chargeable(methods, today).empty()) return Conflict("error.no_method");
    Standing standing = StandingRepository::Lock(tx, account);
    standing.pays_automatically = on;
    if (on) TryOnceMore(standing, today);
    StandingRepository::Save(tx, standing);
    tx.Touch(SubjectOf(account));
    return {};
}

void Collection::CollectNow(const Tenant& tenant, AccountId account) {
    Report report;
    const Date today = DayOf(ports_.time.CivilNow(tenant));
    Collect(tenant, account, today, Occasion::kSwitchedOn, report);
}

}  // namespace livery::payments
