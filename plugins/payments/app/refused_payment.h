#pragma once

#include "app/payment_desk.h"

namespace livery::payments {

// The provider says that its method is never to be charged again.
bool RefusesForGood(const Payment& payment);

// What follows of an automatic payment that came to nothing, whenever that is learned: when it is
// tried again, a method that refused for good makes way, and a letter says what to do. Whoever
// hears it as the answer of his call tries another method at once, where there is one: then no
// letter yet. The account's payments are locked; after them its methods, and then how it stands.
void FollowRefusal(const PaymentPorts& ports, db::Transaction& tx, const Tenant& tenant,
                   const Payment& payment, Source source, Date today);

}  // namespace livery::payments
