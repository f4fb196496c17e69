#pragma once

#include "app/payment_desk.h"
#include "domain/retry_plan.h"

namespace livery::payments {

// Whether the account's next method is charged at once instead: where this one is never to be
// charged again, or wants its owner, or has no other day of the plan. `tries`: with this one.
bool MakesWay(const Payment& payment, const RetryPlan& plan, int tries);

// What follows of an automatic payment that came to nothing, or came back, whenever that is
// learned: when it is tried again, a method that refused for good is charged no more, and a letter
// says what to do. Whoever hears it as the answer of his call goes on to the next method at once,
// where there is one: then no letter yet, and how the account stands says so. Where it is learned
// later, the next method is charged on the day after. The account's payments are locked; after them
// its methods, and then how it stands.
void FollowRefusal(const PaymentPorts& ports, db::Transaction& tx, const Tenant& tenant,
                   const Payment& payment, Source source, Date today);

// The account's next method is being charged: what comes of that is told, and no longer the
// refusal, unless somebody has told it meanwhile.
void GoOnAfter(db::Transaction& tx, AccountId account, PaymentId refused);
// Where nobody went on, however it came to that: the letter that is still to be written.
void TellUntold(const PaymentPorts& ports, const Tenant& tenant, AccountId account);

}  // namespace livery::payments
