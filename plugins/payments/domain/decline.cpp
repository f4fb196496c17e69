#include "domain/decline.h"

#include <algorithm>
#include <array>

namespace livery::payments {

namespace {

using Words = std::initializer_list<std::string_view>;

bool IsOneOf(std::string_view word, Words words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

constexpr std::array<std::pair<DeclineClass, std::string_view>, 4> kClasses{
    {{DeclineClass::kSoft, "soft"},
     {DeclineClass::kHard, "hard"},
     {DeclineClass::kAuthenticate, "authenticate"},
     {DeclineClass::kOurs, "ours"}}};

}  // namespace

DeclineClass ClassOf(const Refusal& refusal) {
    if (refusal.category == "authentication_required" || refusal.advice == "authenticate")
        return DeclineClass::kAuthenticate;
    if (!IsOneOf(refusal.category, {"declined", "fraud_review"})) return DeclineClass::kOurs;
    if (refusal.hardness == "hard" || IsOneOf(refusal.advice, {"do_not_retry", "update_details"}))
        return DeclineClass::kHard;
    // Another method is what the customer may take at once; a soft decline may pass another day all
    // the same.
    const bool only_other = refusal.advice == "other_method" && refusal.hardness != "soft";
    return only_other ? DeclineClass::kHard : DeclineClass::kSoft;
}

std::string_view ToString(DeclineClass decline) {
    for (const auto& [known, word] : kClasses) {
        if (known == decline) return word;
    }
    return "";
}

std::optional<DeclineClass> DeclineClassFrom(std::string_view text) {
    for (const auto& [known, word] : kClasses) {
        if (word == text) return known;
    }
    return std::nullopt;
}

bool IsDecided(const Refusal& refusal) {
    return IsOneOf(refusal.category, {"declined", "fraud_review", "authentication_required"});
}

bool LeavesOpen(const Refusal& refusal) {
    // A provider that could not answer may have charged; a key or state in conflict says that
    // something was there before this request.
    return IsOneOf(refusal.category,
                   {"provider_unavailable", "idempotency_conflict", "state_conflict", "not_found"});
}

}  // namespace livery::payments
