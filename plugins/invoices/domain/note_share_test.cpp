#include "domain/note_share.h"

#include <gtest/gtest.h>

namespace livery::invoices {
namespace {

const Currency kEuro = *Currency::Parse("EUR");

// A line of so many cents, with one tax on top.
BilledLine Charged(std::int64_t net, const char* rate, std::int64_t tax) {
    Line line = Line::Of(LineKind::kCharge, Money(net, kEuro));
    line.taxes.push_back(
        {rate, rate, "S", *Decimal::Parse(rate), Money(net, kEuro), Money(tax, kEuro), ""});
    return BilledLine::Of(line);
}

std::int64_t NetOf(const Line& line) { return line.net.minor_units(); }
std::int64_t TaxOf(const Line& line) { return line.Tax().minor_units(); }

TEST(ANoteOverLines, GivesBackOfEachRateItsPart) {
    // 119.00 at 19 % and 107.00 at 7 %: of 113.00 each gives back a half.
    const auto lines =
        SharedOut({Charged(10000, "19", 1900), Charged(10000, "7", 700)}, Money(11300, kEuro));
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_EQ(NetOf(lines[0]), -5000);
    EXPECT_EQ(TaxOf(lines[0]), -950);
    EXPECT_EQ(lines[0].taxes.front().base.minor_units(), -5000);
    EXPECT_EQ(NetOf(lines[1]), -5000);
    EXPECT_EQ(TaxOf(lines[1]), -350);
}

TEST(ANoteOverLines, DoesNotDependOnTheirOrder) {
    const auto one = SharedOut({Charged(3333, "19", 633), Charged(6667, "7", 467)}, {5000, kEuro});
    const auto two = SharedOut({Charged(6667, "7", 467), Charged(3333, "19", 633)}, {5000, kEuro});
    ASSERT_EQ(one.size(), 2U);
    ASSERT_EQ(two.size(), 2U);
    EXPECT_EQ(TaxOf(one[0]), TaxOf(two[1]));
    EXPECT_EQ(NetOf(one[1]), NetOf(two[0]));
}

// Whatever is asked for: to the cent, and of no line more than is left of it.
TEST(ANoteOverLines, IsExactAndWithinEachLine) {
    std::vector<BilledLine> billed{Charged(1, "19", 0), Charged(3, "19", 1), Charged(997, "7", 70),
                                   Charged(250, "0", 0), Charged(2, "20", 1)};
    std::int64_t whole = 0;
    for (const BilledLine& line : billed) whole += line.line.Total().minor_units();
    for (std::int64_t amount = 1; amount <= whole; ++amount) {
        std::int64_t sum = 0;
        for (const Line& line : SharedOut(billed, Money(amount, kEuro))) {
            sum -= line.Total().minor_units();
            EXPECT_LE(NetOf(line), 0);
            EXPECT_LE(TaxOf(line), 0);
            EXPECT_EQ(line.amount, line.net);
        }
        EXPECT_EQ(sum, amount);
    }
    const auto all = SharedOut(billed, Money(whole, kEuro));
    ASSERT_EQ(all.size(), billed.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
        EXPECT_EQ(-all[i].net.minor_units(), billed[i].line.net.minor_units());
        EXPECT_EQ(-TaxOf(all[i]), TaxOf(billed[i].line));
    }
}

TEST(ANoteOverLines, GivesBackAPriceWithTheTaxInIt) {
    Line line = Line::Of(LineKind::kCharge, Money(11900, kEuro));
    line.net = Money(10000, kEuro);
    line.taxes.push_back({"V", "V", "S", Decimal(19), Money(10000, kEuro), Money(1900, kEuro), ""});
    const auto back = SharedOut({BilledLine::Of(line)}, Money(5000, kEuro));
    ASSERT_EQ(back.size(), 1U);
    EXPECT_EQ(back.front().amount.minor_units(), -5000);
    EXPECT_EQ(NetOf(back.front()), -4202);
    EXPECT_EQ(TaxOf(back.front()), -798);
}

}  // namespace
}  // namespace livery::invoices
