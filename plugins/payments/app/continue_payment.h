#pragma once

#include <map>
#include <string>

#include "app/payment_desk.h"

namespace livery::payments {

// Who paid on the provider's page comes back. The address holds a signed token
// (return_links.h) that leads to one lookup; what the browser brings is a hint for the gateway and
// nothing more. kNotFound: a token that does not hold, whyever.
Result<Payment> ContinuePayment(PaymentDesk& desk, const Tenant& tenant, AccountId account,
                                const std::string& token,
                                const std::map<std::string, std::string>& query);

}  // namespace livery::payments
