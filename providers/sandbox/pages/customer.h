#pragma once

#include "sandbox/pages/card_form.h"

namespace livery::sandbox {

// What a customer does on the pages of a payment, or of a setup. They change what is still
// awaiting_customer, and nothing else.
void EnterCard(Draft& draft, Payment payment, const EnteredCard& card);
void EnterCard(Draft& draft, Setup setup, const EnteredCard& card);
// The bank's question; no: the payment is declined.
void AnswerBank(Draft& draft, Payment payment, bool yes);
void AnswerBank(Draft& draft, Setup setup, bool yes);
void Abandon(Draft& draft, Payment payment);
void Abandon(Draft& draft, Setup setup);

}  // namespace livery::sandbox
