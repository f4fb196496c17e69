#include <cstdlib>

#include <fmt/format.h>

#include <livery/money/decimal.h>

namespace livery {

namespace {

constexpr std::int64_t kBound = 1'000'000'000'000'000'000;
__extension__ using Wide = __int128;

Wide PowerOfTen(int exponent) {
    Wide power = 1;
    for (; exponent > 0; --exponent) power *= 10;
    return power;
}

}  // namespace

std::optional<Decimal> Decimal::Parse(std::string_view text) {
    const bool negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    const auto point = text.find('.');
    const std::string_view whole = text.substr(0, point);
    const std::string_view fraction =
        point == std::string_view::npos ? std::string_view() : text.substr(point + 1);
    if (whole.empty() || (point != std::string_view::npos && fraction.empty())) return std::nullopt;
    if (fraction.size() > kMostDecimals) return std::nullopt;
    std::int64_t unscaled = 0;
    for (const std::string_view digits : {whole, fraction}) {
        for (const char digit : digits) {
            if (digit < '0' || digit > '9' || unscaled >= kBound / 10) return std::nullopt;
            unscaled = unscaled * 10 + (digit - '0');
        }
    }
    return Decimal(negative ? -unscaled : unscaled, static_cast<int>(fraction.size()));
}

std::string Decimal::ToString() const { return ToString(0); }

std::string Decimal::ToString(int at_least) const {
    std::string digits = fmt::format("{:0{}}", std::abs(unscaled_), decimals_ + 1);
    if (decimals_ > 0) digits.insert(digits.size() - static_cast<std::size_t>(decimals_), ".");
    if (at_least > decimals_) {
        if (decimals_ == 0) digits += '.';
        digits.append(static_cast<std::size_t>(at_least - decimals_), '0');
    }
    return unscaled_ < 0 ? "-" + digits : digits;
}

std::strong_ordering Decimal::operator<=>(const Decimal& other) const {
    return Wide(unscaled_) * PowerOfTen(other.decimals_) <=>
           Wide(other.unscaled_) * PowerOfTen(decimals_);
}

}  // namespace livery
