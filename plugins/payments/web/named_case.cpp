#include "web/named_case.h"

#include <algorithm>

#include "storage/payment_repository.h"
#include "storage/refund_repository.h"

namespace livery::payments {

const Refund* NamedCase::refund() const {
    const auto its = std::find_if(refunds.begin(), refunds.end(),
                                  [&](const Refund& each) { return one.refund == each.id; });
    return its == refunds.end() ? nullptr : &*its;
}

bool NamedCase::must_be_decided() const {
    if (const Refund* its = refund()) return !IsOver(its->state);
    return IsUnderWay(payment.state);
}

bool NamedCase::may_say(bool went_back) const {
    const Refund* its = refund();
    if (its == nullptr) return false;
    Refund tried = *its;
    return Decide(tried, went_back).has_value();
}

bool NamedCase::can_be_decided() const {
    if (must_be_decided()) return true;
    // It was booked, and the payer's bank has sent it back.
    return one.kind == "refund_came_back" && may_say(false);
}

Result<NamedCase> CaseNamed(db::Database& database, const RequestContext& r) {
    const Case one = LIVERY_TRY(r.PathId<Case>("id"));
    const TenantId& tenant = r.tenant().id;
    auto found = OpenCaseRepository::Find(database, tenant, one);
    if (!found) return NotFound("no such case");
    auto payment = PaymentRepository::Find(database, tenant, one.payment);
    if (!payment) return NotFound("a case of no payment");
    return NamedCase{one, *std::move(found), *std::move(payment),
                     RefundRepository::OfPayment(database, tenant, one.payment)};
}

}  // namespace livery::payments
