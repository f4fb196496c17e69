#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace livery::payments {

// Why a gateway says that it took nothing (gateway-sdk.md A5), word for word.
struct Refusal {
    std::string category;
    std::string reason;    // "insufficient_funds"
    std::string hardness;  // "soft", "hard", ""
    std::string advice;    // "do_not_retry", "authenticate", …, ""
    std::optional<std::chrono::seconds> retry_after;
    std::string provider_code;
    bool operator==(const Refusal&) const = default;
};

// What a repeat would be worth. Plans for retries read this and never a provider's text.
enum class DeclineClass : std::uint8_t {
    kSoft,          // the same method may do another day
    kHard,          // never with this method again
    kAuthenticate,  // with the customer present
    kOurs,          // our settings or a fault between: nobody's method is at fault
};
DeclineClass ClassOf(const Refusal& refusal);
std::string_view ToString(DeclineClass decline);
std::optional<DeclineClass> DeclineClassFrom(std::string_view word);

// Whether somebody decided about this very payment. Other refusals say that a request was not dealt
// with: of one that was sent before they say nothing.
bool IsDecided(const Refusal& refusal);
// Whether the category leaves open if money moved: then it is looked up, not believed.
bool LeavesOpen(const Refusal& refusal);

}  // namespace livery::payments
