#include "app/refused_payment.h"

#include <algorithm>
#include <set>

#include "settings/payment_settings.h"
#include "storage/method_repository.h"
#include "storage/payment_repository.h"
#include "storage/standing_repository.h"

namespace livery::payments {

namespace {

std::optional<Date> NotBefore(const Payment& payment, Date today) {
    if (!payment.refusal || !payment.refusal->retry_after) return std::nullopt;
    return today + std::chrono::ceil<std::chrono::days>(*payment.refusal->retry_after);
}

// By who pays: at once, or days after it was taken.
bool IsRefused(const Payment& payment) {
    return payment.refusal &&
           (payment.state == PaymentState::kDeclined || payment.state == PaymentState::kFailedLate);
}

bool RefusesForGood(const Payment& payment) {
    return IsRefused(payment) && ClassOf(*payment.refusal) == DeclineClass::kHard;
}

DeclineClass ClassOf(const Payment& payment) {
    return payment.refusal ? ClassOf(*payment.refusal) : DeclineClass::kOurs;
}

// Whether the account has a method after this one, in the order in which they are charged.
bool HasNext(const std::vector<PaymentMethod>& methods, const Payment& refused, Date today) {
    const auto order = Chargeable(methods, today);
    const auto found = std::find_if(order.begin(), order.end(), [&](const PaymentMethod& method) {
        return method.id == refused.method;
    });
    return found == order.end() ? !order.empty() : std::next(found) != order.end();
}

void Retire(db::Transaction& tx, std::vector<PaymentMethod> methods, const Payment& refused,
            Date today) {
    for (PaymentMethod& method : methods) {
        if (method.id == refused.method && method.state == MethodState::kActive)
            method.state = MethodState::kRefused;
    }
    GiveDefault(methods, today);
    for (const PaymentMethod& method : methods) MethodRepository::Save(tx, method);
}

// Days of the plan that were spent on it: neither what its owner tried himself, nor a second method
// on the same day.
int TriesOf(const PaymentPorts& ports, db::Transaction& tx, const Tenant& tenant,
            const Payment& payment) {
    std::set<Date> on;
    for (const Instant at : StandingRepository::TriedAt(tx, payment.account, payment.key))
        on.insert(DayOf(ports.time.ToCivil(tenant, at)));
    return static_cast<int>(on.size());
}

}  // namespace

bool MakesWay(const Payment& payment, const RetryPlan& plan, int tries) {
    if (!IsRefused(payment)) return false;
    const DeclineClass decline = ClassOf(payment);
    if (decline == DeclineClass::kHard || decline == DeclineClass::kAuthenticate) return true;
    return decline == DeclineClass::kSoft && IsLast(plan, tries);
}

void FollowRefusal(const PaymentPorts& ports, db::Transaction& tx, const Tenant& tenant,
                   const Payment& payment, Source source, Date today) {
    const RetryPlan plan = PaymentSettings::Of(tenant).retries();
    const std::vector<PaymentMethod> methods = MethodRepository::LockAll(tx, payment.account);
    const bool has_next = HasNext(methods, payment, today);
    if (RefusesForGood(payment)) Retire(tx, methods, payment, today);
    Standing standing = StandingRepository::Lock(tx, payment.account);
    Tries& tries = standing.TriesIn(payment.amount.currency());
    // It was paid, so its tries were forgotten: they go on where they were.
    if (payment.state == PaymentState::kFailedLate)
        tries.count = std::max(tries.count, TriesOf(ports, tx, tenant, payment));
    // The plan counts from the try, however much later its end is learned.
    EndTry(tries, plan,
           {tries.count, ClassOf(payment), tries.last.value_or(today), NotBefore(payment, today),
            has_next});
    const bool makes_way = has_next && MakesWay(payment, plan, tries.count);
    const bool goes_on = makes_way && source == Source::kAnswer;
    if (goes_on) standing.untold = payment.id;
    // Its call is over, so nobody goes on to the next method now.
    if (makes_way && !goes_on && payment.method) PassOn(tries, *payment.method, today);
    StandingRepository::Save(tx, standing);
    // Whoever gave up himself need not be told.
    if (payment.state == PaymentState::kCancelled) return;
    if (!goes_on) ports.letters.Refused(tx, tenant, payment, ClassOf(payment));
}

void GoOnAfter(db::Transaction& tx, AccountId account, PaymentId refused) {
    Standing standing = StandingRepository::Lock(tx, account);
    if (standing.untold != refused) return;
    standing.untold.reset();
    StandingRepository::Save(tx, standing);
}

void TellUntold(const PaymentPorts& ports, const Tenant& tenant, AccountId account) {
    const auto untold = StandingRepository::Of(ports.database, tenant.id, account).untold;
    if (!untold) return;
    ports.database.Transact(tenant.id, [&](db::Transaction& tx) {
        const auto payment = PaymentRepository::Lock(tx, *untold);
        Standing standing = StandingRepository::Lock(tx, account);
        if (!payment || standing.untold != untold) return;
        // It may have been taken after all, which was told when that was learned.
        if (payment->state == PaymentState::kDeclined)
            ports.letters.Refused(tx, tenant, *payment, ClassOf(*payment));
        standing.untold.reset();
        StandingRepository::Save(tx, standing);
    });
}

}  // namespace livery::payments
