#pragma once

#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

#include "conformance/shop.h"

namespace livery::conformance {

// Why a gateway does not pass.
struct Failed : std::runtime_error {
    using std::runtime_error::runtime_error;
};
// Why this is no question for this gateway.
struct NotApplicable : std::runtime_error {
    using std::runtime_error::runtime_error;
};
// The same by the word of the provider's double alone; counts only where MayBeWaived.
struct Waived : NotApplicable {
    using NotApplicable::NotApplicable;
};

// The kit cannot ask this of such a gateway yet.
struct NotImplemented : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// One named check. Without `run` it is one that is not implemented yet, and said to be so.
struct Check {
    int number;
    std::string_view group;  // "MONEY"
    std::string_view name;   // "two_decimals_EUR"
    void (*run)(Shop& shop) = nullptr;
    // What is true of the file when it passes, where the name does not say it.
    std::string_view proves = "";
};

// All of them, by number.
std::span<const Check> Checks();

struct Verdict {
    enum class Kind { kPassed, kFailed, kNotApplicable, kNotImplemented };
    Kind kind = Kind::kNotImplemented;
    std::string why;      // also of kPassed: what was seen
    bool waived = false;  // of kNotApplicable: not the manifest, but the provider's double says so
};
std::string_view ToText(Verdict::Kind kind);
std::string NameOf(const Check& check);  // "MONEY.two_decimals_EUR"
// Never throws for what a gateway does.
Verdict Examine(const Check& check, Shop& shop);

// Throws Failed unless it is so; `reply` is told with it.
void Expect(bool so, std::string_view what, const Reply& reply);
void Expect(bool so, const std::string& what);
// Throws NotApplicable unless the manifest promises it.
void Need(const Shop& shop, const char* word);
void NeedCurrency(const Shop& shop, const std::string& currency);
// A method of the double, or Waived.
std::string NeedToken(Shop& shop, const std::string& course);

}  // namespace livery::conformance
