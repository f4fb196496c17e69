#ifndef LIVERY_GATEWAY_MONEY_HPP
#define LIVERY_GATEWAY_MONEY_HPP

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include <livery/gateway/json.hpp>

namespace livery::gw {

// An amount in the smallest unit that the host uses for its currency (ISO 4217: cents of EUR, yen,
// fils of KWD). There is no way to or from a floating-point number.
class Money {
 public:
    Money() = default;
    Money(std::int64_t minor, std::string currency)
        : minor_(minor), currency_(std::move(currency)) {}

    std::int64_t minor() const { return minor_; }
    const std::string& currency() const { return currency_; }

    // "12.34" for a provider that writes decimals: `digits` is how many it writes for this
    // currency, `own` how many the host has. Throws BadMessage where digits would be lost: a
    // provider with fewer is told nothing rounded.
    std::string Decimal(int digits, int own) const;
    // The other way; throws BadMessage for anything but digits with at most `digits` after a point.
    static Money FromDecimal(std::string_view text, const std::string& currency, int digits,
                             int own);

    bool operator==(const Money& other) const {
        return minor_ == other.minor_ && currency_ == other.currency_;
    }
    bool operator!=(const Money& other) const { return !(*this == other); }

 private:
    std::int64_t minor_ = 0;
    std::string currency_;
};

namespace detail {

inline std::int64_t TimesTen(std::int64_t value, int times) {
    for (; times > 0; --times) {
        if (value > INT64_MAX / 10 || value < INT64_MIN / 10)
            throw BadMessage("an amount is too large");
        value *= 10;
    }
    return value;
}

// `value` of `from` decimals in `to` decimals, exactly.
inline std::int64_t Rescaled(std::int64_t value, int from, int to) {
    if (to >= from) return TimesTen(value, to - from);
    for (; from > to; --from) {
        if (value % 10 != 0) throw BadMessage("the provider has no unit small enough");
        value /= 10;
    }
    return value;
}

}  // namespace detail

inline std::string Money::Decimal(int digits, int own) const {
    const std::int64_t scaled = detail::Rescaled(minor_, own, digits);
    // Of the smallest number the negation does not fit.
    const bool negative = scaled < 0;
    std::string text = std::to_string(scaled).substr(negative ? 1 : 0);
    const auto after = static_cast<std::size_t>(digits);
    if (text.size() <= after) text.insert(0, after + 1 - text.size(), '0');
    if (after > 0) text.insert(text.size() - after, 1, '.');
    return negative ? "-" + text : text;
}

inline Money Money::FromDecimal(std::string_view text, const std::string& currency, int digits,
                                int own) {
    const bool negative = !text.empty() && text.front() == '-';
    if (negative) text.remove_prefix(1);
    const auto point = text.find('.');
    const std::string_view whole = text.substr(0, point);
    const std::string_view part =
        point == std::string_view::npos ? std::string_view() : text.substr(point + 1);
    if (whole.empty() || part.size() > static_cast<std::size_t>(digits) ||
        (point != std::string_view::npos && part.empty()))
        throw BadMessage("`" + std::string(text) + "` is no amount of " + currency);
    std::int64_t value = 0;
    for (const char c : std::string(whole) + std::string(part)) {
        if (c < '0' || c > '9')
            throw BadMessage("`" + std::string(text) + "` is no amount of " + currency);
        value = detail::TimesTen(value, 1);
        if (value > INT64_MAX - (c - '0')) throw BadMessage("an amount is too large");
        value += c - '0';
    }
    value = detail::TimesTen(value, digits - static_cast<int>(part.size()));
    value = detail::Rescaled(value, digits, own);
    return {negative ? -value : value, currency};
}

inline Json ToJson(const Money& money) {
    return {{"minor", money.minor()}, {"currency", money.currency()}};
}

inline Money MoneyOf(const Json& json) {
    return {IntegerAt(json, "minor"), TextAt(json, "currency")};
}

}  // namespace livery::gw

#endif
