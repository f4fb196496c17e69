#pragma once

#include <map>
#include <optional>
#include <vector>

#include <livery/db/database.h>

#include "domain/payment.h"

namespace livery::payments {

// The slots of invoices: see migrations/0002.
class SlotRepository {
 public:
    struct Slot {
        int attempts = 0;
        std::optional<PaymentId> payment;
    };
    // Locked until the transaction ends; made where there was none.
    static std::map<InvoiceId, Slot> Lock(db::Transaction& tx,
                                          const std::vector<InvoiceId>& invoices);
    static void Take(db::Transaction& tx, InvoiceId invoice, int attempts, PaymentId payment);
    static void Free(db::Transaction& tx, PaymentId payment);
    // The payment that is not over yet, by the invoice; of those of an account.
    static std::map<InvoiceId, PaymentId> TakenBy(db::Database& database, const TenantId& tenant,
                                                  AccountId account);
    static std::optional<PaymentId> TakenOf(db::Database& database, const TenantId& tenant,
                                            InvoiceId invoice);
    // Of the payment that has the invoice's slot, if any.
    static std::optional<PaymentState> StateOfPayment(db::Transaction& tx, InvoiceId invoice);
};

}  // namespace livery::payments
