#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <livery/money/decimal.h>
#include <livery/money/money.h>

namespace livery {

// A share of something, exact: 27/31 of a month, 881112/2419200 seconds. Not reduced, so that it
// can be shown as it came about. den > 0.
struct Ratio {
    std::int64_t num = 1;
    std::int64_t den = 1;
    bool IsWhole() const { return num == den; }
    // Equal as numbers: 1/2 == 2/4.
    bool operator==(const Ratio& other) const;
    std::string ToString() const;  // "27/31"
    // Rounded half away from zero to so many decimals: "0.741935484".
    std::string ToDecimal(int decimals) const;
};

// The one rounding of the house: HALF_UP, half away from zero, to the currency's minor unit, once,
// of the exact product (DESIGN section 7; cases PR-11, TX-04, CU-01). Throws BrokenInvariant when
// the exact product is past 127 bits or the amount past 63: bounds are checked where input enters.
Money Product(const Decimal& unit_price, const Decimal& quantity, const Ratio& share,
              Currency currency);

// The same product before it is rounded, cut to so many decimals of the currency's unit, for people
// who ask why: "164.612903".
std::string ExactProduct(const Decimal& unit_price, const Decimal& quantity, const Ratio& share,
                         int decimals);

// `amount` × num / den, rounded likewise: a part of an amount, a tax inside a gross amount.
Money Part(const Money& amount, std::int64_t num, std::int64_t den);

// `amount` × rate percent, rounded likewise: 19 % of 100.00.
Money Percent(const Money& amount, const Decimal& rate);

// Splits `whole` in proportion to `weights` so that the parts add up to it exactly: each gets its
// share rounded towards zero, and what is left goes, unit by unit, to the largest remainders (the
// earlier one when equal). Weights are not negative; all zero: everything goes to the first.
// Case TX-01 (a coupon over lines), CO-03.
std::vector<Money> Allocate(const Money& whole, std::span<const std::int64_t> weights);

// The exact amount that a decimal names ("12.34" EUR); nullopt when it is finer than the
// currency's minor unit (case CU-05) or out of range.
std::optional<Money> MoneyFrom(const Decimal& amount, Currency currency);
std::optional<Money> ParseMoney(std::string_view amount, Currency currency);

}  // namespace livery
