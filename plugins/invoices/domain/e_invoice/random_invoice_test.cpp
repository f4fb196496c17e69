#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "domain/e_invoice/cii.h"
#include "domain/e_invoice/rules.h"
#include "domain/e_invoice/testing/readers.h"
#include "domain/e_invoice/testing/samples.h"
#include "domain/e_invoice/testing/structure.h"
#include "domain/e_invoice/ubl.h"

namespace livery::invoices::e_invoice {
namespace {

constexpr int kInvoices = 2'000;

template <class T>
T Between(T from, T to) {
    return *rc::gen::inRange<T>(from, to);
}

std::string AnyText() {
    static const std::vector<std::string> pieces{"a", "Ω", "خدمة", "料金", "&",  "<", ">", "\"",
                                                 "'", " ", "]]>",  "7",    "\n", "é", "😀", "-"};
    std::string text = "x";
    for (int left = Between(0, 8); left > 0; --left) {
        text += pieces[Between<std::size_t>(0, pieces.size())];
    }
    return text;
}

VatRate AnyRate(bool out_of_scope) {
    if (out_of_scope) return Rate(VatCategory::kOutOfScope);
    const auto category = static_cast<VatCategory>(Between(0, 6));
    if (category != VatCategory::kStandard) return Rate(category);
    return {category, Decimal(Between<std::int64_t>(1, 30'000), 3)};
}

AllowanceCharge AnyAdjustment(const VatRate& vat) {
    const auto kind = static_cast<Adjustment>(Between(0, 2));
    AllowanceCharge adjustment = AdjustmentOf(kind, Between<std::int64_t>(0, 100'000), vat);
    adjustment.reason = AnyText();
    if (Between(0, 2) == 0) adjustment.reason_code = "95";
    if (Between(0, 2) == 0) {
        adjustment.base = Euro(Between<std::int64_t>(0, 1'000'000));
        adjustment.percent = Decimal(Between<std::int64_t>(0, 100'000), 3);
    }
    return adjustment;
}

Line AnyLine(int number, bool out_of_scope) {
    Line line =
        LineOf(number, Between<std::int64_t>(-1'000'000, 10'000'000), AnyRate(out_of_scope));
    line.quantity = Decimal(Between<std::int64_t>(-1'000'000, 1'000'000), Between(0, 7));
    line.net_price = Decimal(Between<std::int64_t>(0, 1'000'000'000), Between(0, 10));
    line.name = AnyText();
    if (Between(0, 2) == 0) line.description = AnyText();
    if (Between(0, 3) == 0) line.attributes.push_back({AnyText(), AnyText()});
    if (Between(0, 3) == 0) line.adjustments.push_back(AnyAdjustment({}));
    if (Between(0, 3) == 0) {
        const Date from = *ParseDate("2026-01-01") + std::chrono::days(Between(0, 400));
        line.period = {from, from + std::chrono::days(Between(0, 400))};
    }
    return line;
}

EInvoice AnyInvoice() {
    const bool out_of_scope = Between(0, 7) == 0;
    EInvoice invoice = Draft({out_of_scope ? VatCategory::kOutOfScope : VatCategory::kStandard});
    invoice.number = AnyText();
    invoice.seller.name = AnyText();
    invoice.buyer.name = AnyText();
    invoice.buyer.address->line1 = AnyText();
    if (Between(0, 2) == 0) invoice.notes.push_back(AnyText());
    if (Between(0, 2) == 0) invoice.buyer_reference = AnyText();
    if (Between(0, 2) == 0) invoice.preceding.push_back({AnyText(), invoice.issue_date});
    const bool credit_note = Between(0, 3) == 0;
    if (credit_note) invoice.type = TypeCode::kCreditNote;
    if (credit_note || Between(0, 2) == 0) {
        invoice.payment = PaymentMeans{"30", AnyText(), "DE89370400440532013000", AnyText(), ""};
    }
    const int lines = Between(1, 6);
    for (int i = 1; i <= lines; ++i) invoice.lines.push_back(AnyLine(i, out_of_scope));
    for (int left = Between(0, 3); left > 0; --left) {
        invoice.adjustments.push_back(AnyAdjustment(AnyRate(out_of_scope)));
    }
    if (Between(0, 3) == 0) invoice.totals.prepaid = Euro(Between<std::int64_t>(0, 1'000'000));
    if (Between(0, 3) == 0) invoice.totals.rounding = Euro(Between<std::int64_t>(-5, 6));
    return Settled(std::move(invoice));
}

TEST(RandomInvoices, AreValidAndComeBackAsTheyWereInBothSyntaxes) {
    int credit_notes = 0;
    for (int seed = 0; seed < kInvoices; ++seed) {
        const rc::Gen<EInvoice> gen = rc::gen::exec([] { return AnyInvoice(); });
        const EInvoice invoice = gen(rc::Random(static_cast<std::uint64_t>(seed)), 50).value();
        if (invoice.type == TypeCode::kCreditNote) ++credit_notes;
        const auto violations = Check(invoice);
        ASSERT_TRUE(violations.empty()) << seed << ' ' << violations[0].rule;
        const std::string ubl = WriteUbl(invoice).value();
        ASSERT_TRUE(ReadUbl(ubl) == invoice) << seed << ubl;
        ASSERT_TRUE(UblProblems(ubl).empty()) << seed << UblProblems(ubl)[0];
        const std::string cii = WriteCii(invoice).value();
        ASSERT_TRUE(ReadCii(cii) == invoice) << seed << cii;
        ASSERT_TRUE(CiiProblems(cii).empty()) << seed << CiiProblems(cii)[0];
    }
    EXPECT_GT(credit_notes, kInvoices / 5);
}

}  // namespace
}  // namespace livery::invoices::e_invoice
