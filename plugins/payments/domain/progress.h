#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "domain/look_schedule.h"
#include "domain/payment.h"
#include "domain/verdict.h"

namespace livery::payments {

// What a gateway's manifest says of its provider, and the tenant of looking up.
struct ProviderHabits {
    std::chrono::seconds finds_after{0};
    std::chrono::hours decides_within{24};
    std::optional<std::chrono::hours> idempotency;
    bool finds_by_reference = true;  // else it can only be asked about what it has named
    LookPlan looks = {};             // the tenant's
    bool lists = false;              // each day what has moved, one by one
};

// The case of a payment that had failed late and is taken again at its provider: its invoices are
// owed here, and wait for a person.
constexpr const char* kTakenAgain = "taken_again";

// What must be done with a change, in the transaction that stores it.
struct Progress {
    std::optional<Money> record;  // so much was paid: book it, give a receipt
    bool take_back = false;       // what was booked did not come after all
    bool frees_invoices = false;  // they may be paid by another attempt
    // A lookup found nothing, or can find nothing: its key, which still holds, asks as well.
    // Whether the provider ever got it nobody knows.
    bool may_send_again = false;
    std::optional<std::string> alarm;  // a person's case of this kind
};

// What the payment becomes by a verdict. A verdict that may not follow changes nothing but when to
// look next.
Progress Advance(Payment& payment, const Verdict& heard, Source source,
                 const ProviderHabits& habits, Instant now);

}  // namespace livery::payments
