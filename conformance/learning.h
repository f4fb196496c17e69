#pragma once

#include <string>

#include "conformance/check.h"

// How a portal comes to know what an operation came to, where the answer does not say it. Which of
// these ways a gateway has is what its manifest says; see README.md, "Decided later".
namespace livery::conformance {

// None of its methods is decided while the customer waits: a bank is asked, and answers days later.
bool DecidesDaysLater(const Shop& shop);
// Nothing is found by our reference. What came of a call that nobody answered is learnt by a repeat
// under its key, while that is one effect, and after it from what the provider tells.
bool IsTold(const Shop& shop);
// `pending` may stand before the result of everything, not only of what the provider says it of.
bool MayDecideLater(const Shop& shop);

// What the provider tells is verified as the host does it, and given to the gateway. Does nothing
// unless the gateway is told. Throws Failed when a delivery is not signed as the manifest says.
void Hear(Shop& shop);
// The time passes in which the manifest says that all is decided, and all of it is told. Where
// everything is decided at once nothing happens.
void LetItBeDecided(Shop& shop);

// The operation, and what came of it: at once, or day by day until it is no longer pending.
Reply Done(Shop& shop, const std::string& operation, const Json& message);
Reply Settled(Shop& shop, Reply reply, const std::string& lookup_operation, Json lookup);
// By our reference, or by the id that the provider told with it: what a portal has when the keys
// are no longer good.
Reply Found(Shop& shop, const std::string& lookup_operation, Json lookup);

}  // namespace livery::conformance
