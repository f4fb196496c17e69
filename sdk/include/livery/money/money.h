#pragma once

#include <cstdint>
#include <string>

#include <livery/money/currency.h>

namespace livery {

// An exact amount: integer minor units of one currency. Sums of different currencies, and sums
// past 64 bits, throw BrokenInvariant: both are mistakes of ours, never of a user.
class Money {
 public:
    Money(std::int64_t minor_units, Currency currency) : minor_(minor_units), currency_(currency) {}
    std::int64_t minor_units() const { return minor_; }
    Currency currency() const { return currency_; }
    Money operator+(const Money& other) const;
    Money operator-(const Money& other) const;
    Money operator*(std::int64_t quantity) const;
    bool operator==(const Money&) const = default;
    // "1234.50": plain decimal text with the currency's own digits, for formatters and exports.
    std::string ToDecimal() const;

 private:
    std::int64_t minor_;
    Currency currency_;
};

}  // namespace livery
