#include "app/payment_history.h"

#include <algorithm>

#include "app/hand_payments.h"

namespace livery::payments {

Result<void> PaymentHistory::Record(db::Transaction& tx, const Tenant& tenant, const Past& past,
                                    CivilTime now) {
    const auto owed = ports_.invoicing.LockOwed(tx, past.account);
    const auto open = std::find_if(owed.begin(), owed.end(), [&](const Invoicing::Owed& one) {
        return one.id == past.invoice && one.balance.currency() == past.amount.currency();
    });
    if (open == owed.end()) return Conflict("error.not_owed");
    const Money amount =
        past.amount.minor_units() < open->balance.minor_units() ? past.amount : open->balance;
    const HandPayment payment{past.account, amount, past.reference, {{past.invoice, amount}}};
    LIVERY_TRY(WriteDownIn(ports_, tx, tenant, payment, now, Tell::kNobody));
    return {};
}

}  // namespace livery::payments
