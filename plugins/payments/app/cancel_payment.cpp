#include "app/cancel_payment.h"

#include "storage/payment_repository.h"

namespace livery::payments {

bool CanCancel(Gateways& gateways, const Tenant& tenant, const Payment& payment) {
    return !payment.provider_id.empty() && CanDo(gateways, tenant, payment.instance, "cancel");
}

Result<void> CheckCancel(Gateways& gateways, const Tenant& tenant, const Payment& payment) {
    // Gone already, as was wanted: another click changes nothing.
    if (payment.state == PaymentState::kCancelled) return {};
    if (payment.state != PaymentState::kRequiresAction) return Conflict("error.not_waiting");
    if (!CanCancel(gateways, tenant, payment)) return Conflict("error.cannot_cancel");
    return {};
}

Result<Payment> CancelPayment(PaymentDesk& desk, const Tenant& tenant, AccountId account,
                              PaymentId id) {
    const PaymentPorts& ports = desk.ports();
    const auto payment = PaymentRepository::Find(ports.database, tenant.id, id);
    if (!payment || payment->account != account) return NotFound("error.not_found");
    LIVERY_TRY(CheckCancel(ports.gateways, tenant, *payment));
    if (payment->state == PaymentState::kCancelled) return *payment;
    const AttemptKey key{AttemptKey::Kind::kCancel, payment->id.uuid(), 1};
    const std::string message = CancelMessage(tenant.id, *payment, key);
    (void)ports.gateways.Call(tenant, {payment->instance, "payment.cancel/1", message, kCallLimit});
    PaymentDesk::Applied applied = LIVERY_TRY(desk.LookUp(tenant, *payment));
    return std::move(applied.payment);
}

}  // namespace livery::payments
