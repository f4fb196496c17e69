#pragma once

#include <compare>
#include <optional>
#include <string_view>

namespace livery {

// An ISO 4217 currency. Only codes in the standard's active list can be made.
class Currency {
 public:
    static std::optional<Currency> Parse(std::string_view code);  // "EUR"; capitals only
    std::string_view code() const { return {code_, 3}; }
    int minor_digits() const { return minor_digits_; }  // EUR 2, JPY 0, KWD 3
    auto operator<=>(const Currency&) const = default;

 private:
    Currency(std::string_view code, int minor_digits);
    char code_[3];
    int minor_digits_;
};

}  // namespace livery
