#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <livery/money/money.h>

#include "domain/decline.h"
#include "domain/payment_state.h"

namespace livery::payments {

// How a call ended, by what the host saw leave (livery/ports/gateways.h).
enum class Fate : std::uint8_t { kAnswered, kNothingSent, kUnknown };

// What a gateway's message says of a payment: read, not believed.
struct Said {
    std::string state;
    std::string provider_id;
    std::optional<Money> amount;    // what was asked, repeated
    std::optional<Money> captured;  // what was taken, where it says so
    std::optional<Money> refunded;
    std::optional<Refusal> refusal;
    std::optional<Money> charged_back = {};  // what the payer's bank holds of it now
};

// Why a person must look.
enum class Alarm : std::uint8_t {
    kOtherAmount,   // the repeated amount or currency is not the one that was asked
    kTookMore,      // more was taken than was asked
    kTookUnsaid,    // a part was taken, and nobody says how much
    kOtherPayment,  // another provider id than before
};
std::string_view ToString(Alarm alarm);

// What an attempt becomes by what was heard.
struct Verdict {
    std::optional<PaymentState> state;  // none: nothing was learned
    std::optional<Money> processed;     // of a state with money: what the provider took
    std::optional<Alarm> alarm;         // with kHeld
    bool is_missing = false;            // of a lookup: the provider knows no such payment
    bool operator==(const Verdict&) const = default;
};

// Of the call that starts a payment. kUnknown means: look it up.
Verdict OfStart(const Money& asked, Fate fate, const std::optional<Said>& said);
// Of a lookup. `known_id`: the provider's id as it was learned before, "" = not yet.
Verdict OfLookup(const Money& asked, const std::string& known_id, Fate fate,
                 const std::optional<Said>& said);

// Of a later call about it that is no lookup. Where it was turned away (too many requests, a key
// that is not known any more), what was sent before may have been charged all the same.
Verdict OfRepeat(const Money& asked, const std::string& known_id, Fate fate,
                 const std::optional<Said>& said);

// What of a claim in `asked`'s currency is settled by what was processed: that amount, or in
// another currency the whole claim (PA-01, PA-05).
Money SettledBy(const Money& asked, const Money& processed);

}  // namespace livery::payments
