#pragma once

#include <string>
#include <vector>

#include <livery/api/operation.h>
#include <livery/registrar.h>

#include "domain/method.h"
#include "domain/refund.h"

namespace livery::payments {

// Payments, refunds and methods as the tenant's programs see them, and their schemas.
api::Json JsonOf(const Refund& refund);
// `return_url`: to which the provider sends the browser back, where it is known.
api::Json JsonOf(const Payment& payment, const std::vector<Refund>& refunds,
                 const std::string& return_url = "");
api::Json JsonOf(const PaymentMethod& method, const std::string& return_url = "");
// Why nothing was taken; null when that is not so, or nobody said.
api::Json DeclineOf(const Payment& payment);

void AddPaymentSchemas(Registrar& registrar);

}  // namespace livery::payments
