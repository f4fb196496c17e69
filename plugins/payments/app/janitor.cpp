#include "app/janitor.h"

#include "app/look_at_due.h"
#include "storage/payment_repository.h"

namespace livery::payments {

bool Janitor::Resolves(const Tenant& tenant, const Payment& due) {
    PaymentDesk::Applied applied = Settled(desk_.LookUp(tenant, due));
    Payment payment = std::move(applied.payment);
    if (applied.may_send_again) {
        auto sent = StartPayment(desk_).SendAgain(tenant, payment, payer_of_(tenant, payment));
        if (sent) payment = *std::move(sent);
    }
    return !IsUnderWay(payment.state);
}

Janitor::Report Janitor::Run(const Tenant& tenant) {
    const PaymentPorts& ports = desk_.ports();
    std::atomic<int> resolved{0};
    const int looked_up = LookAtDue(
        ports, tenant,
        LookingThrough<PaymentRepository, Payment>(
            ports, tenant, [&](const Payment& due) { resolved += Resolves(tenant, due) ? 1 : 0; },
            [](const Payment& due) { return due.instance; }));
    return {looked_up, resolved};
}

}  // namespace livery::payments
