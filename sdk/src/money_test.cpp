#include <limits>

#include <gtest/gtest.h>

#include <livery/check.h>
#include <livery/money/money.h>

namespace livery {
namespace {

Money Of(std::int64_t minor, const char* code = "EUR") { return {minor, *Currency::Parse(code)}; }

constexpr auto kMost = std::numeric_limits<std::int64_t>::max();
constexpr auto kLeast = std::numeric_limits<std::int64_t>::min();

TEST(Currency, KnowsTheStandardsCodesAndTheirDigits) {
    EXPECT_EQ(Currency::Parse("EUR")->minor_digits(), 2);
    EXPECT_EQ(Currency::Parse("JPY")->minor_digits(), 0);
    EXPECT_EQ(Currency::Parse("KWD")->minor_digits(), 3);
    for (const char* code : {"", "eur", "EU", "EURO", "XYZ", "€"})
        EXPECT_FALSE(Currency::Parse(code)) << code;
}

TEST(Money, WritesTheCurrencysOwnDigits) {
    EXPECT_EQ(Of(123450).ToDecimal(), "1234.50");
    EXPECT_EQ(Of(-5).ToDecimal(), "-0.05");
    EXPECT_EQ(Of(0).ToDecimal(), "0.00");
    EXPECT_EQ(Of(-1200, "JPY").ToDecimal(), "-1200");
    EXPECT_EQ(Of(7, "KWD").ToDecimal(), "0.007");
    EXPECT_EQ(Of(kLeast).ToDecimal(), "-92233720368547758.08");
    EXPECT_EQ(Of(kMost).ToDecimal(), "92233720368547758.07");
}

TEST(Money, AddsExactlyOrNotAtAll) {
    EXPECT_EQ(Of(1) + Of(2), Of(3));
    EXPECT_EQ(Of(1) - Of(2), Of(-1));
    EXPECT_EQ(Of(-333) * 3, Of(-999));
    EXPECT_THROW(Of(1) + Of(1, "USD"), BrokenInvariant);
    EXPECT_THROW(Of(1) - Of(1, "USD"), BrokenInvariant);
    EXPECT_THROW(Of(kMost) + Of(1), BrokenInvariant);
    EXPECT_THROW(Of(kLeast) - Of(1), BrokenInvariant);
    EXPECT_THROW(Of(kMost) * 2, BrokenInvariant);
    EXPECT_THROW(Of(kLeast) * -1, BrokenInvariant);
}

}  // namespace
}  // namespace livery
