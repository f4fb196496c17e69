#pragma once

#include <string>

#include "sandbox/book/draft.h"

namespace livery::sandbox {

// What stands on a card beside its number.
struct Expiry {
    int month = 12;
    int year = 2034;
};

// A method that its customer wants kept, with a token of its own; puts it into the draft.
StoredMethod Keep(Draft& draft, const Scenario& scenario, const std::string& customer,
                  Expiry expiry = {});
// After the last second of the month.
bool IsExpired(Expiry expiry, std::int64_t now);
// A payment whose method is to be kept is then paid with the kept one.
void KeepIfWanted(Draft& draft, Payment& payment, Expiry expiry = {});

}  // namespace livery::sandbox
