#pragma once

#include <livery/gateway/gateway.hpp>

#include "facts.h"

namespace livery::adyen {

// Adyen's objects in the words of the contract; a word that is not known is pending.

// The answer of `/payments` and `/payments/details`.
gw::PaymentResult PaymentOf(const gw::Json& payment, gw::Capture capture);
// The answer of `/sessions`, and of `/sessions/:id`.
gw::PaymentResult PaymentOfSession(const gw::Json& session);
gw::PaymentResult PaymentOfResult(const gw::Json& result);
// What was told of a payment.
gw::PaymentResult PaymentOfFacts(const Facts& facts, const std::string& psp_reference,
                                 gw::Capture capture);
gw::RefundResult RefundOfFacts(const Facts& facts, const std::string& psp_reference);
gw::StoredMethod MethodOf(const gw::Json& stored);
gw::Event EventOf(const gw::Json& item, const Facts& facts);

}  // namespace livery::adyen
