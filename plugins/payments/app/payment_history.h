#pragma once

#include <livery/ports/past_payments.h>

#include "app/payment_desk.h"

namespace livery::payments {

// `livery.past_payments/1` by the same booking as money by hand.
class PaymentHistory final : public PastPayments {
 public:
    explicit PaymentHistory(const PaymentPorts& ports) : ports_(ports) {}
    Result<void> Record(db::Transaction& tx, const Tenant& tenant, const Past& past,
                        CivilTime now) override;

 private:
    const PaymentPorts& ports_;
};

}  // namespace livery::payments
