#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <livery/result.h>

#include "domain/payment.h"
#include "domain/verdict.h"

namespace livery::payments {

enum class MethodState : std::uint8_t {
    kBegun,  // on the provider's page, or nobody heard the end of it
    kActive,
    kRefused,  // it declined for good: nothing is taken of it by itself any more
    kFailed,   // it was never set up
    kRemoved,
};
std::string_view ToString(MethodState state);
std::optional<MethodState> MethodStateFrom(std::string_view word);

// What can be charged without asking again. Its numbers are the provider's: we keep a token.
struct PaymentMethod {
    MethodId id;
    AccountId account;
    std::string instance;
    MethodState state = MethodState::kBegun;
    AttemptKey key;
    std::string provider_id;  // of its set-up
    std::string token;
    std::string kind;   // "card", "bank_debit"
    std::string brand;  // "visa"
    std::string last4;
    int expiry_month = 0;  // 0 = it does not expire
    int expiry_year = 0;
    std::string customer;
    std::string mandate;
    std::string network_transaction_id;
    bool is_default = false;
    Instant began_at{};
    int looks = 0;
    std::optional<Instant> next_look_at;
    std::string action_url;
    std::map<std::string, std::string> action_fields;  // posted there; empty: a link
    std::optional<Date> warned_on;                     // that it expires
};

bool IsExpired(const PaymentMethod& method, Date today);
// How many days before its expiry the owner is to be told today: 30 or 7 (S13); nullopt: not today,
// or told today already.
std::optional<int> WarnsToday(const PaymentMethod& method, Date today);
// It is still good, and its owner is told that it is not for long.
bool ExpiresSoon(const PaymentMethod& method, Date today);
// How it stands for whoever looks at it: its state, or `expires_soon`, `expired`.
std::string_view StandsAs(const PaymentMethod& method, Date today);
// Money may be taken of it without who pays.
bool IsChargeable(const PaymentMethod& method, Date today);
// All of which that may be done: the default first, then in the order in which they came.
std::vector<PaymentMethod> Chargeable(std::vector<PaymentMethod> methods, Date today);
// kConflict `error.last_method`: the account pays by itself, and this is the last that it can.
Result<void> CheckRemoval(const PaymentMethod& method, const std::vector<PaymentMethod>& all,
                          bool pays_automatically, Date today);

// What a provider says of a set-up.
struct SetUpSaid {
    std::string state;
    std::string provider_id;
    std::string token;
    std::string kind;
    std::string brand;
    std::string last4;
    int expiry_month = 0;
    int expiry_year = 0;
    std::string customer;
    std::string mandate;
    std::string network_transaction_id;
    std::string action_url;
    std::map<std::string, std::string> action_fields;  // posted there; empty: a link
};
// What becomes of it by that; no money moves, so an answer is believed.
void Advance(PaymentMethod& method, Fate fate, const std::optional<SetUpSaid>& said, bool by_lookup,
             Instant now);

// What was charged, kept because who paid wanted it. It has the payment's id, so that it is kept
// once, however often a provider names it.
PaymentMethod KeptOf(const Payment& payment, const SetUpSaid& said, Instant now);

// The first day on which it is no longer good; none: it does not expire.
std::optional<Date> ExpiresOn(const PaymentMethod& method);
// Whoever has a card is told of it so many days before.
inline constexpr std::array<int, 2> kWarnBeforeDays{30, 7};

// The first that serves becomes the default, where none is.
void GiveDefault(std::vector<PaymentMethod>& all, Date today);

}  // namespace livery::payments
