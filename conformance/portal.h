#pragma once

#include <functional>
#include <string>

#include "conformance/check.h"
#include "conformance/learning.h"

namespace livery::conformance {

// The messages of the contract.
Json Amount(std::int64_t minor, const std::string& currency);
Json Order(const std::string& reference, std::int64_t minor, const std::string& currency,
           const std::string& token);
Json LookupOf(const std::string& provider_id, const std::string& reference);
Json CaptureOf(const Json& payment, std::int64_t minor, const std::string& currency);
Json CancelOf(const Json& payment);
Json RefundOf(const Json& payment, const std::string& reference, std::int64_t minor,
              const std::string& currency);
// As the host derives it: the same for every repeat.
std::string KeyOf(const std::string& what);

// What the portal does with one operation: it sends it, and where it does not learn what came of it
// it asks and repeats, under the same key, until it knows. `lookup` finds what the operation made.
struct Errand {
    std::string operation;
    Json message;
    std::string lookup_operation;
    Json lookup;                       // without `lookup_operation` a repeat finds out
    std::string undone = "not_found";  // what a lookup says where it was not done
    // What a customer asks who decides once more: under another reference and key. Without it the
    // same is sent again.
    std::function<Json()> once_more = {};
};
struct Belief {
    Reply last;        // the answer that decided
    int sendings = 0;  // of the operation
    int lookups = 0;
    bool decided = false;
};
// `plan` meets the first sending only. Gives up, undecided, after six tries. Where the gateway may
// decide later, it is followed to its end.
Belief RunErrand(Shop& shop, const Errand& errand, Shop::Plan plan);
// From what a call of it came to, that was made before.
Belief Resume(Shop& shop, const Errand& errand, Reply first);
// A call whose request of that number meets the fault; with what is beside the wire: a clock that
// is wrong, a host that ends after it. Of the reply the host then knows nothing more.
Reply CallUnder(Shop& shop, const Errand& errand, std::size_t request, const WireFault& fault);

// Throws Failed when a gateway that may decide later is ahead of the provider's books.
void ExpectBooked(Shop& shop, const std::string& reference, const Reply& reply);
// A payment with nothing in its way; throws Failed unless it comes to `state`.
Json Pay(Shop& shop, const std::string& reference, std::int64_t minor, const std::string& course,
         const char* state, const Json& more = Json::object());
Json Lookup(Shop& shop, const std::string& provider_id, const std::string& reference);
// "payment 1000 EUR, refund 400 EUR" of a reference, once all is decided.
std::string Moved(Shop& shop, const std::string& reference);
std::int64_t MinorOf(const Json& result, const char* member);  // -1 when it is absent

}  // namespace livery::conformance
