#pragma once

#include <livery/gateway/gateway.hpp>

namespace livery::stripe {

// Stripe's `error` object (of an answer that is no success, or a PaymentIntent's last error) in the
// words of the contract. Source: Stripe's pages on error codes and decline codes.
gw::Error ErrorOf(const gw::Json& error, const gw::Error& by_status);
// Of a whole answer.
gw::Error ErrorOf(const gw::Response& response);

}  // namespace livery::stripe
