#pragma once

#include <map>
#include <string>

#include "app/payment_desk.h"

namespace livery::payments {

// Who paid on the provider's page comes back. The address holds a token that is his account's, and
// leads to one lookup; what the browser brings is a hint for the gateway and nothing more.
// kNotFound: no such token of the account.
Result<Payment> ContinuePayment(PaymentDesk& desk, const Tenant& tenant, AccountId account,
                                const std::string& token,
                                const std::map<std::string, std::string>& query);

}  // namespace livery::payments
