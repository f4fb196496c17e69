#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace livery {

// An exact decimal number: unit prices (which may be finer than the minor unit), quantities, tax
// rates. Kept without trailing zeros, so equal numbers are equal values.
// Range: at most 12 decimals and |value| × 10^decimals < 10^18.
class Decimal {
 public:
    static constexpr int kMostDecimals = 12;

    constexpr Decimal() = default;
    constexpr explicit Decimal(std::int64_t whole) : unscaled_(whole) { Normalize(); }
    // 12345 with 2 decimals is 123.45.
    constexpr Decimal(std::int64_t unscaled, int decimals)
        : unscaled_(unscaled), decimals_(decimals) {
        Normalize();
    }
    // "12", "-0.5", "9.975": no exponent, no plus sign, no thousands. nullopt for anything else
    // and for what is out of range.
    static std::optional<Decimal> Parse(std::string_view text);

    constexpr std::int64_t unscaled() const { return unscaled_; }
    constexpr int decimals() const { return decimals_; }  // as few as the value needs
    constexpr bool IsZero() const { return unscaled_ == 0; }
    constexpr bool IsNegative() const { return unscaled_ < 0; }
    std::string ToString() const;              // "9.975"
    std::string ToString(int at_least) const;  // with at least so many decimals: "9.50"
    bool operator==(const Decimal&) const = default;
    std::strong_ordering operator<=>(const Decimal& other) const;

 private:
    constexpr void Normalize() {
        while (decimals_ > 0 && unscaled_ % 10 == 0) {
            unscaled_ /= 10;
            --decimals_;
        }
    }

    std::int64_t unscaled_ = 0;
    int decimals_ = 0;
};

}  // namespace livery
