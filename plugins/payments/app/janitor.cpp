#include "app/janitor.h"

#include "storage/payment_repository.h"

namespace livery::payments {

namespace {

constexpr std::size_t kAtOnce = 100;

}  // namespace

Janitor::Report Janitor::Run(const Tenant& tenant) {
    Report report;
    const PaymentPorts& ports = desk_.ports();
    for (const Payment& due :
         PaymentRepository::Due(ports.database, tenant.id, ports.clock.Now(), kAtOnce)) {
        ++report.looked_up;
        auto applied = desk_.LookUp(tenant, due);
        if (!applied) continue;
        Payment payment = std::move(applied->payment);
        if (applied->may_send_again) {
            auto sent = StartPayment(desk_).SendAgain(tenant, payment, payer_of_(tenant, payment));
            if (sent) payment = *std::move(sent);
        }
        if (!IsUnderWay(payment.state)) ++report.resolved;
    }
    return report;
}

}  // namespace livery::payments
