#include <fmt/format.h>

#include <livery/check.h>
#include <livery/money/money.h>

namespace livery {

Money Money::operator+(const Money& other) const {
    LIVERY_CHECK(currency_ == other.currency_, "amounts of two currencies have no sum");
    std::int64_t sum = 0;
    LIVERY_CHECK(!__builtin_add_overflow(minor_, other.minor_, &sum), "amount past 64 bits");
    return {sum, currency_};
}

Money Money::operator-(const Money& other) const {
    LIVERY_CHECK(currency_ == other.currency_, "amounts of two currencies have no difference");
    std::int64_t difference = 0;
    LIVERY_CHECK(!__builtin_sub_overflow(minor_, other.minor_, &difference), "amount past 64 bits");
    return {difference, currency_};
}

Money Money::operator*(std::int64_t quantity) const {
    std::int64_t product = 0;
    LIVERY_CHECK(!__builtin_mul_overflow(minor_, quantity, &product), "amount past 64 bits");
    return {product, currency_};
}

std::string Money::ToDecimal() const {
    const int digits = currency_.minor_digits();
    const bool negative = minor_ < 0;
    // Unsigned, so that the smallest int64 has a magnitude too.
    const auto magnitude =
        negative ? ~static_cast<std::uint64_t>(minor_) + 1 : static_cast<std::uint64_t>(minor_);
    std::string text = fmt::format("{:0{}}", magnitude, digits + 1);
    if (digits > 0) text.insert(text.size() - static_cast<std::size_t>(digits), ".");
    return negative ? "-" + text : text;
}

}  // namespace livery
