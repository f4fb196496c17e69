#pragma once

#include <string>
#include <vector>

#include <livery/http/request_context.h>

#include "app/method_text.h"
#include "domain/refund.h"
#include "domain/standing.h"

namespace livery::payments {

// What people read of payments, in their language.
std::string PathOf(PaymentId id);
// Where the same is paid once more: the same invoices, as much of each.
std::string PayAgainPath(const Payment& payment);
std::string StateText(const Payment& payment, const std::vector<Refund>& refunds,
                      const Formatter& t);
// What to do next, after a payment that came to nothing or is not over.
std::string NextStepText(const Payment& payment, const std::vector<Refund>& refunds,
                         const Formatter& t);
// Whether what it was for is owed again, or still.
bool CanPayAgain(const Payment& payment, const std::vector<Refund>& refunds);
// Names the badge: a state of the theme's.
std::string BadgeOf(const Payment& payment, const std::vector<Refund>& refunds);
std::string BadgeOf(RefundState state);
// How the account stands with what it owes, a sentence each; none: there is nothing to say.
// While something is being paid, nobody can say that the last try did not work.
std::vector<std::string> StandingTexts(const Standing& standing, bool is_being_paid, Date today,
                                       const Formatter& t);
// What an error says, of a field or of none.
std::string ReasonText(const Error& error, const Formatter& t);

}  // namespace livery::payments
