#include "app/continue_payment.h"

#include "app/return_links.h"
#include "storage/payment_repository.h"

namespace livery::payments {

Result<Payment> ContinuePayment(PaymentDesk& desk, const Tenant& tenant, AccountId account,
                                const std::string& token,
                                const std::map<std::string, std::string>& query) {
    const auto subject = UseReturn(desk.ports(), tenant, account, token);
    if (!subject) return NotFound("error.not_found");
    auto payment = PaymentRepository::Find(desk.ports().database, tenant.id, PaymentId(*subject));
    if (!payment) return NotFound("error.not_found");
    if (!IsUnderWay(payment->state)) return *std::move(payment);
    const std::string message = ContinueMessage(*payment, query);
    const Gateways::Reply reply = desk.ports().gateways.Call(
        tenant, {payment->instance, "payment.continue/1", message, kCallLimit});
    PaymentDesk::Applied applied =
        LIVERY_TRY(desk.Apply(tenant, *payment, HeardOf(reply), Source::kRepeat));
    return std::move(applied.payment);
}

}  // namespace livery::payments
