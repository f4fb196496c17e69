#pragma once

#include <livery/view/form_page.h>

#include "app/payment_desk.h"
#include "app/refunds.h"
#include "web/named_case.h"

namespace livery::payments {

// How staff see to a case. All are filled with what was typed.
FormPage CloseForm(const RequestContext& request, const NamedCase& named);
// What became of its refund, where it is about one, else of its payment.
FormPage DecideForm(const RequestContext& request, const NamedCase& named);

// What was said in that form, in the name of whoever is signed in. kInvalidArgument on
// `was_taken`, `amount`; on `went_back`.
Result<PaymentDesk::Decision> PaymentDecisionIn(const RequestContext& request,
                                                const Payment& payment);
Result<Refunds::Decision> RefundDecisionIn(const RequestContext& request, RefundId refund);
// As it stands beside what they have decided.
std::string NameOf(const Visitor& visitor);

}  // namespace livery::payments
