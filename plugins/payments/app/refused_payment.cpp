#include "app/refused_payment.h"

#include "settings/payment_settings.h"
#include "storage/method_repository.h"
#include "storage/standing_repository.h"

namespace livery::payments {

namespace {

std::optional<Date> NotBefore(const Payment& payment, Date today) {
    if (!payment.refusal || !payment.refusal->retry_after) return std::nullopt;
    return today + std::chrono::ceil<std::chrono::days>(*payment.refusal->retry_after);
}

std::vector<PaymentMethod> MethodsWithout(db::Transaction& tx, const Payment& refused, Date today) {
    std::vector<PaymentMethod> methods = MethodRepository::LockAll(tx, refused.account);
    for (PaymentMethod& method : methods) {
        const bool goes = RefusesForGood(refused) && method.id == refused.method &&
                          method.state == MethodState::kActive;
        if (goes) method.state = MethodState::kRefused;
    }
    GiveDefault(methods, today);
    for (const PaymentMethod& method : methods) MethodRepository::Save(tx, method);
    return methods;
}

}  // namespace

bool RefusesForGood(const Payment& payment) {
    return payment.state == PaymentState::kDeclined && payment.refusal &&
           ClassOf(*payment.refusal) == DeclineClass::kHard;
}

void FollowRefusal(const PaymentPorts& ports, db::Transaction& tx, const Tenant& tenant,
                   const Payment& payment, Source source, Date today) {
    const DeclineClass decline = payment.refusal ? ClassOf(*payment.refusal) : DeclineClass::kOurs;
    const bool another_goes_on = decline == DeclineClass::kHard &&
                                 !Chargeable(MethodsWithout(tx, payment, today), today).empty();
    Standing standing = StandingRepository::Lock(tx, payment.account);
    // The plan counts from the try, however much later its end is learned.
    EndTry(standing, PaymentSettings::Of(tenant).retries(),
           {standing.tries, decline, standing.last_try.value_or(today), NotBefore(payment, today),
            another_goes_on});
    StandingRepository::Save(tx, standing);
    // Whoever gave up himself need not be told.
    if (payment.state == PaymentState::kCancelled) return;
    if (!another_goes_on || source != Source::kAnswer)
        ports.letters.Refused(tx, tenant, payment, decline);
}

}  // namespace livery::payments
