#include <numeric>

#include <gtest/gtest.h>

#include <livery/check.h>
#include <livery/money/rounding.h>

namespace livery {
namespace {

const Currency kEuro = *Currency::Parse("EUR");
const Currency kYen = *Currency::Parse("JPY");
const Currency kDinar = *Currency::Parse("KWD");
Decimal Of(const char* text) { return *Decimal::Parse(text); }
std::int64_t Charged(const char* price, const char* quantity, Ratio share, Currency in = kEuro) {
    return Product(Of(price), Of(quantity), share, in).minor_units();
}

TEST(Decimal, ReadsPlainNumbersOnly) {
    EXPECT_EQ(Of("9.975"), Decimal(9975, 3));
    EXPECT_EQ(Of("-0.50"), Decimal(-5, 1));
    EXPECT_EQ(Of("-0"), Decimal(0));
    EXPECT_EQ(Of("007"), Decimal(7));
    EXPECT_EQ(Of("999999999999999999"), Decimal(999'999'999'999'999'999));
    for (const char* text :
         {"", "-", ".", ".5", "5.", "+1", "1e3", "1,5", " 1", "1 ", "--1", "1.2.3", "0x1",
          "1000000000000000000", "0.0000000000001", "1000000.000000000001"})
        EXPECT_FALSE(Decimal::Parse(text)) << text;
}

TEST(Decimal, EqualNumbersAreEqualValuesAndTexts) {
    EXPECT_EQ(Of("1.500"), Of("1.5"));
    EXPECT_EQ(Of("1.500").ToString(), "1.5");
    EXPECT_EQ(Of("1.5").ToString(2), "1.50");
    EXPECT_EQ(Of("-0.05").ToString(), "-0.05");
    EXPECT_EQ(Of("3").ToString(2), "3.00");
    EXPECT_EQ(Of("0.000").decimals(), 0);
}

TEST(Decimal, IsOrderedByItsNumber) {
    EXPECT_LT(Of("-1"), Of("-0.999999999999"));
    EXPECT_LT(Of("0.9"), Of("0.91"));
    EXPECT_GT(Of("999999999999999999"), Of("0.000000000001"));
}

TEST(Product, IsRoundedOnceHalfAwayFromZero) {
    EXPECT_EQ(Charged("0.005", "1", {1, 1}), 1);
    EXPECT_EQ(Charged("-0.005", "1", {1, 1}), -1);
    EXPECT_EQ(Charged("0.004999999999", "1", {1, 1}), 0);
    EXPECT_EQ(Charged("19.95", "1", {27, 31}), 1738);
    EXPECT_EQ(Charged("0.0001", "12345", {1, 1}), 123);
    EXPECT_EQ(Charged("0.01", "1", {1, 2}), 1);
    EXPECT_EQ(Charged("0.01", "1", {49, 100}), 0);
    EXPECT_EQ(Charged("2.5", "1", {1, 1}, kYen), 3);
    EXPECT_EQ(Charged("2", "1", {1, 1}, kDinar), 2000);
    EXPECT_EQ(Charged("1", "1", {1, 3}), 33);
    EXPECT_EQ(Charged("1", "1", {2, 3}), 67);
}

TEST(Product, ThatIsTooLargeIsNeverWrong) {
    EXPECT_THROW((void)Charged("999999999999999999", "999999999999", {1, 1}), BrokenInvariant);
    EXPECT_THROW((void)Charged("999999999999999999", "999999999999999999", {1000, 1000}),
                 BrokenInvariant);
    EXPECT_THROW((void)Charged("1", "1", {1, 0}), BrokenInvariant);
}

TEST(Part, AndPercentRoundAlike) {
    EXPECT_EQ(Part(Money(5, kEuro), 1, 2).minor_units(), 3);
    EXPECT_EQ(Part(Money(-5, kEuro), 1, 2).minor_units(), -3);
    EXPECT_EQ(Part(Money(119, kEuro), 19, 119).minor_units(), 19);
    EXPECT_EQ(Percent(Money(250, kEuro), Of("19")).minor_units(), 48);
    EXPECT_EQ(Percent(Money(250, kEuro), Of("5.55")).minor_units(), 14);
    EXPECT_EQ(Percent(Money(-50, kEuro), Of("1")).minor_units(), -1);
}

TEST(Allocate, PartsAreTheWholeAndLargestRemaindersGetTheRest) {
    const auto split = [](std::int64_t whole, std::vector<std::int64_t> weights) {
        std::vector<std::int64_t> parts;
        for (const Money& part : Allocate(Money(whole, kEuro), weights))
            parts.push_back(part.minor_units());
        return parts;
    };
    using Parts = std::vector<std::int64_t>;
    EXPECT_EQ(split(100, {1, 1, 1}), (Parts{34, 33, 33}));
    EXPECT_EQ(split(-100, {1, 1, 1}), (Parts{-34, -33, -33}));
    EXPECT_EQ(split(2, {0, 0, 5}), (Parts{0, 0, 2}));
    EXPECT_EQ(split(7, {0, 0}), (Parts{7, 0}));
    EXPECT_EQ(split(10, {10, 20, 30, 40}), (Parts{1, 2, 3, 4}));
    EXPECT_EQ(split(3, {99, 1, 100}), (Parts{1, 0, 2}));
    EXPECT_EQ(split(5, {}), Parts{});
    for (std::int64_t whole = -60; whole <= 60; ++whole) {
        const Parts parts = split(whole, {333, 1, 0, 7, 7, 1999});
        EXPECT_EQ(std::accumulate(parts.begin(), parts.end(), std::int64_t{0}), whole);
        EXPECT_EQ(parts[2], 0);
    }
}

TEST(MoneyFrom, RefusesWhatIsFinerThanTheCurrency) {
    EXPECT_EQ(MoneyFrom(Of("12.3"), kEuro), Money(1230, kEuro));
    EXPECT_EQ(MoneyFrom(Of("12.340"), kEuro), Money(1234, kEuro));
    EXPECT_FALSE(MoneyFrom(Of("12.345"), kEuro));
    EXPECT_FALSE(MoneyFrom(Of("0.5"), kYen));
    EXPECT_EQ(MoneyFrom(Of("0.001"), kDinar), Money(1, kDinar));
    EXPECT_FALSE(MoneyFrom(Of("999999999999999999"), kEuro));
    EXPECT_FALSE(ParseMoney("1,00", kEuro));
}

TEST(Ratio, IsShownAsItCameAboutAndComparedAsANumber) {
    EXPECT_EQ((Ratio{1, 2}), (Ratio{2, 4}));
    EXPECT_NE((Ratio{1, 2}), (Ratio{2, 3}));
    EXPECT_EQ((Ratio{27, 31}).ToString(), "27/31");
    EXPECT_EQ((Ratio{23, 31}).ToDecimal(9), "0.741935484");
    EXPECT_EQ((Ratio{1, 1}).ToDecimal(2), "1.00");
}

}  // namespace
}  // namespace livery
