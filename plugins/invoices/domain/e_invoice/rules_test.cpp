#include "domain/e_invoice/rules.h"

#include <functional>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/e_invoice/testing/samples.h"

namespace livery::invoices::e_invoice {
namespace {

using testing::IsEmpty;

std::set<std::string> Broken(const EInvoice& invoice) {
    std::set<std::string> rules;
    for (const RuleViolation& violation : Check(invoice)) rules.insert(violation.rule);
    return rules;
}

constexpr VatCategory kAll[] = {VatCategory::kStandard,       VatCategory::kZeroRated,
                                VatCategory::kExempt,         VatCategory::kReverseCharge,
                                VatCategory::kIntraCommunity, VatCategory::kExport};

TEST(Check, EverySetOfVatCategoriesThatMayStandTogetherIsValid) {
    for (unsigned set = 1; set < 64; ++set) {
        std::vector<VatCategory> categories;
        for (unsigned i = 0; i < 6; ++i) {
            if (set >> i & 1U) categories.push_back(kAll[i]);
        }
        EXPECT_THAT(Broken(Sample(categories)), IsEmpty()) << set;
    }
    EXPECT_THAT(Broken(Sample({VatCategory::kOutOfScope})), IsEmpty());
}

TEST(Check, AFullInvoiceWithPrepaidRoundingAndAllowancesIsValid) {
    EXPECT_THAT(Broken(FullSample()), IsEmpty());
    // Lines 165.00 - 9.00 + 2.50; VAT 19 % of 83.50 and 7 % of 50.00; prepaid 10.00; rounding
    // -0.02.
    EXPECT_EQ(FullSample().totals.due->ToDecimal(), "167.85");
}

TEST(Check, ACreditNoteIsValid) {
    EInvoice note = FullSample();
    note.type = TypeCode::kCreditNote;
    EXPECT_THAT(Broken(note), IsEmpty());
}

struct Mutation {
    const char* rule;
    std::function<void(EInvoice&)> change;
};

// From a valid invoice, each change breaks the rule it names (and may break others with it).
void ExpectEachBreaksItsRule(const EInvoice& valid, const std::vector<Mutation>& mutations) {
    ASSERT_THAT(Broken(valid), IsEmpty());
    for (const Mutation& mutation : mutations) {
        EInvoice invoice = valid;
        mutation.change(invoice);
        EXPECT_EQ(Broken(invoice).count(mutation.rule), 1U)
            << mutation.rule << " among " << testing::PrintToString(Broken(invoice));
    }
}

TEST(Check, EachRuleOfTheDocumentIsSeenBroken) {
    ExpectEachBreaksItsRule(
        FullSample(),
        {
            {"BR-01", [](EInvoice& i) { i.specification.clear(); }},
            {"BR-02", [](EInvoice& i) { i.number = " "; }},
            {"BR-03", [](EInvoice& i) { i.issue_date.reset(); }},
            {"BR-04", [](EInvoice& i) { i.type.reset(); }},
            {"BR-05", [](EInvoice& i) { i.currency.reset(); }},
            {"BR-06", [](EInvoice& i) { i.seller.name.clear(); }},
            {"BR-07", [](EInvoice& i) { i.buyer.name.clear(); }},
            {"BR-08", [](EInvoice& i) { i.seller.address.reset(); }},
            {"BR-09", [](EInvoice& i) { i.seller.address->country.clear(); }},
            {"BR-10", [](EInvoice& i) { i.buyer.address.reset(); }},
            {"BR-11", [](EInvoice& i) { i.buyer.address->country.clear(); }},
            {"BR-12", [](EInvoice& i) { i.totals.lines.reset(); }},
            {"BR-13", [](EInvoice& i) { i.totals.without_vat.reset(); }},
            {"BR-14", [](EInvoice& i) { i.totals.with_vat.reset(); }},
            {"BR-15", [](EInvoice& i) { i.totals.due.reset(); }},
            {"BR-16", [](EInvoice& i) { i.lines.clear(); }},
            {"BR-29", [](EInvoice& i) { i.period.to = ParseDate("2026-02-28"); }},
            {"BR-49", [](EInvoice& i) { i.payment->type_code.clear(); }},
            {"BR-50", [](EInvoice& i) { i.payment->account.clear(); }},
            {"BR-55", [](EInvoice& i) { i.preceding[0].number.clear(); }},
            {"BR-61", [](EInvoice& i) { i.payment->account.clear(); }},
            {"BR-62", [](EInvoice& i) { i.seller.electronic_address.scheme.clear(); }},
            {"BR-63", [](EInvoice& i) { i.buyer.electronic_address.scheme.clear(); }},
            {"BR-CO-03", [](EInvoice& i) { i.tax_point_date = i.issue_date; }},
            {"BR-CO-09", [](EInvoice& i) { i.seller.vat_id = "123456789"; }},
            {"BR-CO-18", [](EInvoice& i) { i.vat.clear(); }},
            {"BR-CO-25",
             [](EInvoice& i) {
                 i.due_date.reset();
                 i.payment_terms.clear();
             }},
            {"BR-CO-26",
             [](EInvoice& i) {
                 i.seller.id = {};
                 i.seller.legal_id = {};
                 i.seller.vat_id.clear();
             }},
        });
}

TEST(Check, EachRuleOfLinesIsSeenBroken) {
    ExpectEachBreaksItsRule(
        FullSample(),
        {
            {"BR-21", [](EInvoice& i) { i.lines[0].id.clear(); }},
            {"BR-22", [](EInvoice& i) { i.lines[0].quantity.reset(); }},
            {"BR-23", [](EInvoice& i) { i.lines[0].unit.clear(); }},
            {"BR-24", [](EInvoice& i) { i.lines[0].net.reset(); }},
            {"BR-25", [](EInvoice& i) { i.lines[0].name.clear(); }},
            {"BR-26", [](EInvoice& i) { i.lines[0].net_price.reset(); }},
            {"BR-27", [](EInvoice& i) { i.lines[0].net_price = Number("-1"); }},
            {"BR-30", [](EInvoice& i) { i.lines[0].period.from = ParseDate("2026-04-01"); }},
            {"BR-54", [](EInvoice& i) { i.lines[0].attributes[0].value.clear(); }},
            {"BR-CO-04", [](EInvoice& i) { i.lines[0].vat.category.reset(); }},
            {"BR-41", [](EInvoice& i) { i.lines[0].adjustments[0].amount.reset(); }},
            {"BR-43", [](EInvoice& i) { i.lines[0].adjustments[1].amount.reset(); }},
            {"BR-44", [](EInvoice& i) { i.lines[0].adjustments[1].reason.clear(); }},
            {"BR-CO-24", [](EInvoice& i) { i.lines[0].adjustments[1].reason.clear(); }},
            {"BR-42",
             [](EInvoice& i) {
                 i.lines[0].adjustments[0].reason.clear();
                 i.lines[0].adjustments[0].reason_code.clear();
             }},
            {"BR-CO-23",
             [](EInvoice& i) {
                 i.lines[0].adjustments[0].reason.clear();
                 i.lines[0].adjustments[0].reason_code.clear();
             }},
        });
}

TEST(Check, EachRuleOfAmountsIsSeenBroken) {
    ExpectEachBreaksItsRule(
        FullSample(),
        {
            {"BR-31", [](EInvoice& i) { i.adjustments[0].amount.reset(); }},
            {"BR-32", [](EInvoice& i) { i.adjustments[0].vat.category.reset(); }},
            {"BR-33", [](EInvoice& i) { i.adjustments[0].reason.clear(); }},
            {"BR-CO-21", [](EInvoice& i) { i.adjustments[0].reason.clear(); }},
            {"BR-36", [](EInvoice& i) { i.adjustments[1].amount.reset(); }},
            {"BR-37", [](EInvoice& i) { i.adjustments[1].vat.category.reset(); }},
            {"BR-38", [](EInvoice& i) { i.adjustments[1].reason.clear(); }},
            {"BR-CO-22", [](EInvoice& i) { i.adjustments[1].reason.clear(); }},
            {"BR-45", [](EInvoice& i) { i.vat[0].taxable.reset(); }},
            {"BR-46", [](EInvoice& i) { i.vat[0].tax.reset(); }},
            {"BR-47", [](EInvoice& i) { i.vat[0].vat.category.reset(); }},
            {"BR-48", [](EInvoice& i) { i.vat[0].vat.percent.reset(); }},
            {"BR-CO-10", [](EInvoice& i) { i.totals.lines = Euro(1); }},
            {"BR-CO-11", [](EInvoice& i) { i.totals.allowances.reset(); }},
            {"BR-CO-12", [](EInvoice& i) { i.totals.charges = Euro(1); }},
            {"BR-CO-13", [](EInvoice& i) { i.totals.without_vat = Euro(1); }},
            {"BR-CO-14", [](EInvoice& i) { i.totals.vat = Euro(1); }},
            {"BR-CO-15", [](EInvoice& i) { i.totals.with_vat = Euro(1); }},
            {"BR-CO-16", [](EInvoice& i) { i.totals.prepaid.reset(); }},
            {"BR-CO-17", [](EInvoice& i) { i.vat[0].tax = *i.vat[0].tax + Euro(100); }},
            {"LIVERY-01", [](EInvoice& i) { i.totals.due = Money(1, *Currency::Parse("USD")); }},
        });
}

// A third decimal in each amount, one after the other, in a currency that has three.
TEST(Check, EachRuleOfDecimalsIsSeenBroken) {
    const Money fine(1'001, *Currency::Parse("KWD"));
    const auto line = [](EInvoice& i, std::size_t n) -> AllowanceCharge& {
        return i.lines[0].adjustments[n];
    };
    ExpectEachBreaksItsRule(FullSample(),
                            {
                                {"BR-DEC-01", [&](EInvoice& i) { i.adjustments[0].amount = fine; }},
                                {"BR-DEC-02", [&](EInvoice& i) { i.adjustments[0].base = fine; }},
                                {"BR-DEC-05", [&](EInvoice& i) { i.adjustments[1].amount = fine; }},
                                {"BR-DEC-06", [&](EInvoice& i) { i.adjustments[1].base = fine; }},
                                {"BR-DEC-09", [&](EInvoice& i) { i.totals.lines = fine; }},
                                {"BR-DEC-10", [&](EInvoice& i) { i.totals.allowances = fine; }},
                                {"BR-DEC-11", [&](EInvoice& i) { i.totals.charges = fine; }},
                                {"BR-DEC-12", [&](EInvoice& i) { i.totals.without_vat = fine; }},
                                {"BR-DEC-13", [&](EInvoice& i) { i.totals.vat = fine; }},
                                {"BR-DEC-14", [&](EInvoice& i) { i.totals.with_vat = fine; }},
                                {"BR-DEC-16", [&](EInvoice& i) { i.totals.prepaid = fine; }},
                                {"BR-DEC-17", [&](EInvoice& i) { i.totals.rounding = fine; }},
                                {"BR-DEC-18", [&](EInvoice& i) { i.totals.due = fine; }},
                                {"BR-DEC-19", [&](EInvoice& i) { i.vat[0].taxable = fine; }},
                                {"BR-DEC-20", [&](EInvoice& i) { i.vat[0].tax = fine; }},
                                {"BR-DEC-23", [&](EInvoice& i) { i.lines[0].net = fine; }},
                                {"BR-DEC-24", [&](EInvoice& i) { line(i, 0).amount = fine; }},
                                {"BR-DEC-25", [&](EInvoice& i) { line(i, 0).base = fine; }},
                                {"BR-DEC-27", [&](EInvoice& i) { line(i, 1).amount = fine; }},
                                {"BR-DEC-28", [&](EInvoice& i) { line(i, 1).base = fine; }},
                            });
}

struct FamilyCase {
    VatCategory category;
    std::string prefix;
    VatRate wrong_rate;
};

void RemoveOrAddIdentifiers(EInvoice& invoice, VatCategory category) {
    const bool none = category == VatCategory::kOutOfScope;
    invoice.seller.vat_id = none ? "DE123456789" : "";
    invoice.buyer.vat_id = "";
}

void CheckFamily(const FamilyCase& family) {
    const VatRate rate = Rate(family.category);
    EInvoice valid = Draft({family.category});
    valid.lines = {LineOf(1, 5'000, rate)};
    valid.adjustments = {AdjustmentOf(Adjustment::kAllowance, 100, rate),
                         AdjustmentOf(Adjustment::kCharge, 200, rate)};
    valid = Settled(valid);
    ASSERT_THAT(Broken(valid), IsEmpty()) << family.prefix;
    const auto expect = [&](const char* number, const std::function<void(EInvoice&)>& change) {
        EInvoice invoice = valid;
        change(invoice);
        EXPECT_EQ(Broken(invoice).count(family.prefix + number), 1U) << family.prefix << number;
    };
    expect("01", [](EInvoice& i) { i.vat.clear(); });
    for (const char* number : {"02", "03", "04"}) {
        expect(number, [&](EInvoice& i) { RemoveOrAddIdentifiers(i, family.category); });
    }
    expect("05", [&](EInvoice& i) { i.lines[0].vat = family.wrong_rate; });
    expect("06", [&](EInvoice& i) { i.adjustments[0].vat = family.wrong_rate; });
    expect("07", [&](EInvoice& i) { i.adjustments[1].vat = family.wrong_rate; });
    expect("08", [](EInvoice& i) { i.vat[0].taxable = Euro(1); });
    expect("09", [](EInvoice& i) { i.vat[0].tax = Euro(77); });
    expect("10", [](EInvoice& i) {
        std::string& reason = i.vat[0].exemption_reason;
        reason = reason.empty() ? "Why not" : "";
    });
}

TEST(Check, EachRuleOfEachVatCategoryIsSeenBroken) {
    using Category = VatCategory;
    CheckFamily({Category::kStandard, "BR-S-", {Category::kStandard, Decimal(0)}});
    CheckFamily({Category::kZeroRated, "BR-Z-", {Category::kZeroRated, Decimal(5)}});
    CheckFamily({Category::kExempt, "BR-E-", {Category::kExempt, Decimal(5)}});
    CheckFamily({Category::kReverseCharge, "BR-AE-", {Category::kReverseCharge, std::nullopt}});
    CheckFamily({Category::kIntraCommunity, "BR-IC-", {Category::kIntraCommunity, Decimal(5)}});
    CheckFamily({Category::kExport, "BR-G-", {Category::kExport, Decimal(5)}});
    CheckFamily({Category::kOutOfScope, "BR-O-", {Category::kOutOfScope, Decimal(0)}});
}

// Three lines of 0.33: 0.06 of VAT each, 0.18 together; 0.19 of their sum. Two cents are too many.
TEST(Check, TaxesMayBeRoundedLineByLine) {
    const VatRate standard = Rate(VatCategory::kStandard);
    EInvoice invoice = Draft({VatCategory::kStandard});
    invoice.lines = {LineOf(1, 33, standard), LineOf(2, 33, standard), LineOf(3, 33, standard)};
    invoice = Settled(invoice);
    ASSERT_EQ(invoice.vat[0].tax, Euro(19));
    const auto taxed = [&](std::int64_t cents) {
        EInvoice other = invoice;
        const Money less = *invoice.vat[0].tax - Euro(cents);
        other.vat[0].tax = Euro(cents);
        other.totals.vat = *other.totals.vat - less;
        other.totals.with_vat = *other.totals.with_vat - less;
        other.totals.due = *other.totals.due - less;
        return Broken(other);
    };
    EXPECT_THAT(taxed(18), IsEmpty());
    EXPECT_THAT(taxed(16), testing::ElementsAre("BR-S-09"));
}

TEST(Check, WhatGoesWithOneVatCategoryOnlyIsSeenBroken) {
    const VatRate standard = Rate(VatCategory::kStandard);
    ExpectEachBreaksItsRule(Sample({VatCategory::kIntraCommunity}),
                            {{"BR-IC-11", [](EInvoice& i) { i.delivery.date.reset(); }},
                             {"BR-IC-12", [](EInvoice& i) { i.delivery.country.clear(); }}});
    ExpectEachBreaksItsRule(
        Sample({VatCategory::kOutOfScope}),
        {{"BR-O-11", [](EInvoice& i) { i.vat.push_back(i.vat[0]); }},
         {"BR-O-12", [&](EInvoice& i) { i.lines.push_back(LineOf(2, 1, standard)); }},
         {"BR-O-13",
          [&](EInvoice& i) {
              i.adjustments.push_back(AdjustmentOf(Adjustment::kAllowance, 1, standard));
          }},
         {"BR-O-14", [&](EInvoice& i) {
              i.adjustments.push_back(AdjustmentOf(Adjustment::kCharge, 1, standard));
          }}});
    // A rate without its breakdown, though the category has one.
    ExpectEachBreaksItsRule(
        Sample({VatCategory::kStandard}),
        {{"BR-S-08", [](EInvoice& i) {
              i.lines.push_back(LineOf(2, 0, {VatCategory::kStandard, Decimal(7)}));
          }}});
}

}  // namespace
}  // namespace livery::invoices::e_invoice
