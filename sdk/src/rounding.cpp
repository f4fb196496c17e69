#include <algorithm>
#include <limits>
#include <numeric>

#include <fmt/format.h>

#include <livery/check.h>
#include <livery/money/rounding.h>

namespace livery {

namespace {

__extension__ using Wide = __int128;

Wide Times(Wide a, Wide b) {
    Wide product = 0;
    LIVERY_CHECK(!__builtin_mul_overflow(a, b, &product), "a product past 127 bits");
    return product;
}

Wide PowerOfTen(int exponent) {
    Wide power = 1;
    for (; exponent > 0; --exponent) power *= 10;
    return power;
}

// Half away from zero; den > 0.
std::int64_t Divide(Wide num, Wide den) {
    const Wide quotient = num / den;
    const Wide remainder = num % den;
    const bool up = (remainder < 0 ? -remainder : remainder) >= den - (den / 2);
    const Wide rounded = quotient + (up ? (num < 0 ? -1 : 1) : 0);
    LIVERY_CHECK(rounded >= std::numeric_limits<std::int64_t>::min() &&
                     rounded <= std::numeric_limits<std::int64_t>::max(),
                 "an amount past 64 bits");
    return static_cast<std::int64_t>(rounded);
}

}  // namespace

bool Ratio::operator==(const Ratio& other) const {
    return Wide(num) * other.den == Wide(other.num) * den;
}

std::string Ratio::ToString() const { return fmt::format("{}/{}", num, den); }

std::string Ratio::ToDecimal(int decimals) const {
    return Decimal(Divide(Times(num, PowerOfTen(decimals)), den), decimals).ToString(decimals);
}

Money Product(const Decimal& unit_price, const Decimal& quantity, const Ratio& share,
              Currency currency) {
    LIVERY_CHECK(share.den > 0, "a share of nothing");
    // Ten to the power of the decimals that are too many, or that are missing.
    const int shift = unit_price.decimals() + quantity.decimals() - currency.minor_digits();
    Wide num = Times(Times(unit_price.unscaled(), quantity.unscaled()), share.num);
    Wide den = share.den;
    if (shift >= 0) {
        den = Times(den, PowerOfTen(shift));
    } else {
        num = Times(num, PowerOfTen(-shift));
    }
    return {Divide(num, den), currency};
}

std::string ExactProduct(const Decimal& unit_price, const Decimal& quantity, const Ratio& share,
                         int decimals) {
    const int shift = unit_price.decimals() + quantity.decimals() - decimals;
    Wide num = Times(Times(unit_price.unscaled(), quantity.unscaled()), share.num);
    Wide den = share.den;
    (shift >= 0 ? den : num) =
        Times(shift >= 0 ? den : num, PowerOfTen(shift >= 0 ? shift : -shift));
    return Decimal(static_cast<std::int64_t>(num / den), decimals).ToString();
}

Money Part(const Money& amount, std::int64_t num, std::int64_t den) {
    LIVERY_CHECK(den > 0, "a part of nothing");
    return {Divide(Times(amount.minor_units(), num), den), amount.currency()};
}

Money Percent(const Money& amount, const Decimal& rate) {
    return {Divide(Times(amount.minor_units(), rate.unscaled()), PowerOfTen(rate.decimals() + 2)),
            amount.currency()};
}

std::vector<Money> Allocate(const Money& whole, std::span<const std::int64_t> weights) {
    std::vector<Money> parts(weights.size(), Money(0, whole.currency()));
    if (parts.empty()) return parts;
    const Wide total = std::accumulate(weights.begin(), weights.end(), Wide(0));
    if (total == 0) {
        parts.front() = whole;
        return parts;
    }
    std::vector<Wide> remainders(weights.size());
    std::int64_t left = whole.minor_units();
    for (std::size_t i = 0; i < weights.size(); ++i) {
        LIVERY_CHECK(weights[i] >= 0, "a negative weight");
        const Wide exact = Times(whole.minor_units(), weights[i]);
        const auto part = static_cast<std::int64_t>(exact / total);
        const Wide rest = exact % total;
        remainders[i] = rest < 0 ? -rest : rest;
        parts[i] = Money(part, whole.currency());
        left -= part;
    }
    std::vector<std::size_t> order(weights.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return remainders[a] > remainders[b]; });
    const std::int64_t unit = left < 0 ? -1 : 1;
    for (std::size_t i = 0; left != 0; ++i, left -= unit) {
        parts[order[i]] = parts[order[i]] + Money(unit, whole.currency());
    }
    return parts;
}

std::optional<Money> MoneyFrom(const Decimal& amount, Currency currency) {
    const int missing = currency.minor_digits() - amount.decimals();
    if (missing < 0) return std::nullopt;
    const Wide minor = Wide(amount.unscaled()) * PowerOfTen(missing);
    constexpr std::int64_t kMost = 1'000'000'000'000'000'000;
    if (minor > kMost || minor < -kMost) return std::nullopt;
    return Money(static_cast<std::int64_t>(minor), currency);
}

std::optional<Money> ParseMoney(std::string_view amount, Currency currency) {
    const auto decimal = Decimal::Parse(amount);
    return decimal ? MoneyFrom(*decimal, currency) : std::nullopt;
}

}  // namespace livery
