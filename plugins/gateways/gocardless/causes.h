#pragma once

#include <livery/gateway/gateway.hpp>

namespace livery::gocardless {

// Why a debit came to nothing: `details` of its event.
gw::Error ErrorOfCause(const gw::Json& details);
// An answer that is no success.
gw::Error ErrorOf(const gw::Response& response);
// The id of what the key of a request made before; "" when that is not what the answer says.
std::string MadeBefore(const gw::Response& response);

}  // namespace livery::gocardless
