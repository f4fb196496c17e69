#include "domain/statement.h"

#include <gtest/gtest.h>

namespace livery::invoices {
namespace {

const Currency kEuro = *Currency::Parse("EUR");
const Currency kDollar = *Currency::Parse("USD");
CivilTime At(const char* iso) { return *ParseCivilTime(iso); }

TEST(StatementOfAccount, OpensWithWhatWasBeforeAndAddsUpToItsEnd) {
    const auto statements = StatementsOf({{100, kEuro}},
                                         {{At("2026-01-05"), "paid", std::nullopt, {-40, kEuro}},
                                          {At("2026-02-01"), "issued", std::nullopt, {25, kEuro}}});
    ASSERT_EQ(statements.size(), 1U);
    EXPECT_EQ(statements[0].opening, Money(100, kEuro));
    ASSERT_EQ(statements[0].rows.size(), 2U);
    EXPECT_EQ(statements[0].rows[0].balance, Money(60, kEuro));
    EXPECT_EQ(statements[0].rows[1].balance, Money(85, kEuro));
    EXPECT_EQ(statements[0].closing, Money(85, kEuro));
}

TEST(StatementOfAccount, NeverMixesCurrencies) {
    const auto statements = StatementsOf({{7, kEuro}},
                                         {{At("2026-01-01"), "issued", std::nullopt, {1, kDollar}},
                                          {At("2026-01-01"), "issued", std::nullopt, {2, kEuro}}});
    ASSERT_EQ(statements.size(), 2U);
    EXPECT_EQ(statements[0].closing, Money(9, kEuro));
    EXPECT_EQ(statements[1].opening, Money(0, kDollar));
    EXPECT_EQ(statements[1].closing, Money(1, kDollar));
}

TEST(StatementOfAccount, ShowsACurrencyThatNothingChangedSince) {
    const auto statements = StatementsOf({{0, kDollar}, {5, kEuro}}, {});
    ASSERT_EQ(statements.size(), 2U);
    EXPECT_EQ(statements[0].closing, Money(5, kEuro));
    EXPECT_EQ(statements[1].closing, Money(0, kDollar));
    EXPECT_TRUE(statements[0].rows.empty());
}

}  // namespace
}  // namespace livery::invoices
