#include "app/cases.h"

#include <livery/db/attempt.h>

#include "storage/case_repository.h"
#include "storage/payment_repository.h"
#include "storage/refund_repository.h"

namespace livery::payments {

Result<void> CloseCase(const PaymentPorts& ports, const Tenant& tenant, const ClosedCase& closed) {
    if (closed.by.empty()) return InvalidField("by", "error.by");
    if (closed.reason.empty()) return InvalidField("reason", "error.reason");
    return db::Attempt<void>(ports.database, tenant.id, [&](db::Transaction& tx) -> Result<void> {
        const auto payment = PaymentRepository::Lock(tx, closed.payment);
        if (!payment) return NotFound("error.not_found");
        if (IsUnderWay(payment->state)) return Conflict("error.decide_first");
        if (closed.refund) {
            const auto refund = RefundRepository::Lock(tx, *closed.refund);
            if (!refund) return NotFound("error.not_found");
            if (!IsOver(refund->state)) return Conflict("error.decide_first");
        }
        if (!CaseRepository::CloseOne(tx, {closed.payment, closed.kind, {}, closed.refund},
                                      {ports.clock.Now(), closed.by, closed.reason}))
            return NotFound("error.not_found");
        return {};
    });
}

}  // namespace livery::payments
