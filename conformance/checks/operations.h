#pragma once

#include <functional>
#include <string>
#include <vector>

#include "conformance/portal.h"

namespace livery::conformance {

// Every operation of the gateway that changes something, ready to be sent again and again: the
// matrix of faults is made from it.
struct ReadyOperation {
    std::string name;
    Errand errand;
    std::string reference;       // under which the provider books it
    std::string expected;        // what the books must say in the end
    std::string expected_state;  // what we must believe in the end; "" any
    // What must be so besides, once `last` has decided.
    std::function<void(Shop&, const Reply& last)> afterwards = {};
    std::string other_state = "";  // the provider's word for the same, where a lookup has another

    bool IsEnd(const std::string& state) const {
        return state == expected_state || (!other_state.empty() && state == other_state);
    }
};
// Prepares what it needs (a payment to be refunded) with nothing in its way.
using Prepare = std::function<ReadyOperation(Shop&)>;
bool IsUnsafe(const Sent& sent);
// Which of the operation's requests changes something; found by doing it once.
std::size_t ChangingRequest(Shop& shop, const Prepare& prepare);
// Of those operations that the manifest promises: what moves money.
std::vector<Prepare> ChangingOperations(Shop& shop);
// And those that keep and forget methods, come back from a page, and ask: all that send anything.
std::vector<Prepare> AllOperations(Shop& shop);

}  // namespace livery::conformance
