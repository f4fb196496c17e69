#pragma once

#include "app/payment_desk.h"

namespace livery::payments {

// Lets go of a payment that waits for who pays: he left the provider's page, and wants to pay
// another way. Only what the provider says afterwards counts: it may have been paid meanwhile.
// kNotFound: none of the account. kConflict `error.not_waiting`: it waits for nobody;
// `error.cannot_cancel`: its provider takes nothing back, and it expires by itself.
Result<Payment> CancelPayment(PaymentDesk& desk, const Tenant& tenant, AccountId account,
                              PaymentId id);

// Whether it may be let go, as above.
Result<void> CheckCancel(Gateways& gateways, const Tenant& tenant, const Payment& payment);
// Whether its provider can be asked so.
bool CanCancel(Gateways& gateways, const Tenant& tenant, const Payment& payment);

}  // namespace livery::payments
