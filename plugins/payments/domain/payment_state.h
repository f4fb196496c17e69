#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace livery::payments {

// Where one attempt to take money stands. In the order of their ranks: what has gone further never
// goes back because an older message came late.
enum class PaymentState : std::uint8_t {
    kCreated,  // committed here; whether anything was sent is not known yet
    kRequiresAction,
    kPending,
    kAuthorised,
    kPartlyCaptured,
    kCaptured,
    kPartlyRefunded,
    kRefunded,
    // Exits: nothing was taken.
    kDeclined,   // by who pays: his bank, his balance
    kFailed,     // by what lies between: no request left, or the provider could not
    kCancelled,  // by who pays, or by us
    kExpired,
    // Money may have moved.
    kUnknown,     // a request left, and no answer says what came of it
    kHeld,        // the provider says something else than was asked: a person looks
    kFailedLate,  // it was taken, and days later it was not (bank debits)
};
// As stored and as gateways say it: "requires_action".
std::string_view ToString(PaymentState state);
std::optional<PaymentState> PaymentStateFrom(std::string_view word);

// How something was learned. A webhook is none: it only says what to look up.
enum class Source : std::uint8_t {
    kAnswer,  // of the call that was to change something
    kLookup,
    kRepeat,  // of a later call about it: its key sent again, what the payer's browser brought back
    kPerson,  // by name, in the audit log
};
// Its provider was asked what became of it, in one way or the other.
bool Asks(Source source);

// The transition table (gateway-sdk.md A4).
bool MayFollow(PaymentState from, PaymentState to, Source source);

// The provider has taken money, whatever was given back of it since.
bool HasMoney(PaymentState state);
// It is over, and nothing was taken.
bool IsExit(PaymentState state);
// The provider has not answered yet, or not in a way that anybody can believe.
bool IsDark(PaymentState state);
// Something may still come of it: until then its invoices take no other payment.
bool IsUnderWay(PaymentState state);

}  // namespace livery::payments
