#include "domain/shares.h"

#include <gtest/gtest.h>

namespace livery::payments {
namespace {

const Currency kEuro = *Currency::Parse("EUR");
const Currency kDollar = *Currency::Parse("USD");
Money Cents(std::int64_t cents) { return {cents, kEuro}; }
InvoiceId Invoice(std::uint64_t n) { return InvoiceId(MakeUuidV7(n, {})); }
OwedInvoice Owes(std::uint64_t n, const char* due, Money balance) {
    return {Invoice(n), *ParseDate(due), balance};
}
const std::vector<OwedInvoice> kOpen{Owes(3, "2026-03-10", Cents(4000)),
                                     Owes(1, "2026-01-10", Cents(3000)),
                                     Owes(2, "2026-02-10", Cents(4550))};

// Case PA-11.
TEST(APayment, GoesToTheOldestDueFirst) {
    const Shares shares = ShareOut(Cents(10000), kOpen);
    EXPECT_EQ(shares.parts, (std::vector<Share>{{Invoice(1), Cents(3000)},
                                                {Invoice(2), Cents(4550)},
                                                {Invoice(3), Cents(2450)}}));
    EXPECT_EQ(shares.rest, Cents(0));
}

TEST(APayment, LeavesTheRestToTheAccount) {
    const Shares shares = ShareOut(Cents(12000), kOpen);
    EXPECT_EQ(SumOf(shares.parts), Cents(11550));
    EXPECT_EQ(shares.rest, Cents(450));
}

TEST(APayment, SettlesNothingInAnotherCurrency) {
    const Shares shares = ShareOut(
        Cents(100), {Owes(1, "2026-01-10", Money(100, kDollar)), Owes(2, "2026-01-11", Cents(0))});
    EXPECT_TRUE(shares.parts.empty());
    EXPECT_EQ(shares.rest, Cents(100));
}

TEST(APayment, OfEquallyOldInvoicesTakesTheEarlierFirst) {
    const Shares shares =
        ShareOut(Cents(100), {Owes(2, "2026-01-10", Cents(100)), Owes(1, "2026-01-10", Cents(60))});
    EXPECT_EQ(shares.parts, (std::vector<Share>{{Invoice(1), Cents(60)}, {Invoice(2), Cents(40)}}));
}

std::string RefusedField(const std::vector<Share>& chosen) {
    auto owed = kOpen;
    owed.push_back(Owes(4, "2026-01-01", Money(500, kDollar)));
    const auto checked = CheckChoice(chosen, owed);
    return checked ? ""
                   : checked.error().fields.front().field + " " +
                         checked.error().fields.front().message;
}

TEST(AChoice, IsOfWhatIsOwedAndNoMore) {
    EXPECT_EQ(RefusedField({{Invoice(2), Cents(4550)}, {Invoice(1), Cents(1)}}), "");
    EXPECT_EQ(RefusedField({}), "invoices error.choose_invoices");
    EXPECT_EQ(RefusedField({{Invoice(9), Cents(1)}}), "invoices error.not_owed");
    EXPECT_EQ(RefusedField({{Invoice(1), Cents(1)}, {Invoice(1), Cents(1)}}),
              "invoices error.not_owed");
    EXPECT_EQ(RefusedField({{Invoice(1), Cents(1)}, {Invoice(4), Money(1, kDollar)}}),
              "invoices error.one_currency");
    EXPECT_EQ(RefusedField({{Invoice(4), Cents(1)}}), "invoices error.one_currency");
    EXPECT_EQ(RefusedField({{Invoice(1), Cents(0)}}), "amount error.amount");
    EXPECT_EQ(RefusedField({{Invoice(1), Cents(3001)}}), "amount error.more_than_owed");
}

}  // namespace
}  // namespace livery::payments
