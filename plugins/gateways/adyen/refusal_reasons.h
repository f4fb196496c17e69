#pragma once

#include <livery/gateway/gateway.hpp>

namespace livery::adyen {

// `refusalReasonCode` of a payment, in the words of the contract.
gw::Error ErrorOfRefusal(const gw::Json& payment);
// The `reason` of a webhook that says no.
gw::Error ErrorOfReason(const std::string& reason);
// An answer that is no success.
gw::Error ErrorOf(const gw::Response& response);

}  // namespace livery::adyen
