#include "web/their_payment.h"

#include "storage/payment_repository.h"

namespace livery::payments {

Result<Payment> TheirPayment(db::Database& database, const RequestContext& r) {
    const PaymentId id = LIVERY_TRY(r.PathId<PaymentId>("id"));
    const auto payment = PaymentRepository::Find(database, r.tenant().id, id);
    if (!payment || payment->account != AccountOf(r)) return NotFound("not there, or not theirs");
    return *payment;
}

}  // namespace livery::payments
