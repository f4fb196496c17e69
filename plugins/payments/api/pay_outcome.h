#pragma once

#include <chrono>
#include <optional>
#include <string>

#include <livery/api/sending.h>

#include "domain/method.h"
#include "domain/payment.h"
#include "domain/refund.h"

namespace livery::payments {

// What a program is answered that asked for money (case PA-10): taken or under way 201, refused by
// who pays 402, come to nothing in between 502, not known 503. `retry_after`: the provider was kept
// from being asked, 503.
//
// What is over is the answer for good. What is not known yet is asked about again by a repeat of
// the request; of what never was, a repeat begins again.
api::Finished OutcomeOf(const Payment& payment, api::Json shown,
                        std::optional<std::chrono::seconds> retry_after);
// The same of a method that was to be set up.
api::Finished OutcomeOf(const PaymentMethod& method, api::Json shown,
                        std::optional<std::chrono::seconds> retry_after);

// The same of money that was to go back. Of one that came to nothing when it was asked for again, a
// repeat does not begin another one: it may have been given up before it went.
api::Finished OutcomeOf(const Refund& refund, api::Json shown, bool is_repeat);

}  // namespace livery::payments
