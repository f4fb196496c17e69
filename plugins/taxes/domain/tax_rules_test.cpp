#include "domain/tax_rules.h"

#include <gtest/gtest.h>

namespace livery::taxes {
namespace {

using billing::Policies;
using billing::TaxableLine;
using billing::TaxQuestion;

const Currency kEuro = *Currency::Parse("EUR");
Date On(const char* iso) { return *ParseDate(iso); }

Tax Vat(const char* code, Decimal rate) {
    Tax tax;
    tax.code = tax.name = code;
    tax.rate = rate;
    return tax;
}

class Taxing : public testing::Test {
 protected:
    TaxableLine Line(std::int64_t cents, Decimal quantity = Decimal(1)) const {
        return {Money(cents, kEuro), place_, "standard", std::nullopt, quantity};
    }
    Result<billing::TaxAnswer> Ask(std::vector<TaxableLine> lines) {
        question_.lines = std::move(lines);
        return Calculate(rules_, policies_, question_);
    }
    billing::TaxedLine First(const TaxableLine& line) {
        const auto answer = Ask({line});
        return answer->lines.front();
    }
    // The amounts of the taxes on one line of so much.
    std::vector<std::int64_t> Taxes(std::int64_t cents, Decimal quantity = Decimal(1)) {
        std::vector<std::int64_t> amounts;
        const auto line = First(Line(cents, quantity));
        for (const auto& tax : line.taxes) amounts.push_back(tax.amount.minor_units());
        return amounts;
    }
    using Amounts = std::vector<std::int64_t>;
    TaxRules rules_{"DE", false, {Vat("VAT", Decimal(19))}};
    Policies policies_;
    billing::Place place_{"DE", "BY", "80331"};
    TaxQuestion question_{kEuro, On("2027-06-15"), "consumer", "", std::nullopt, {}, {}};
};

TEST_F(Taxing, HoldsInItsJurisdictionOnly) {
    Tax& tax = rules_.taxes.front();
    tax.places = {{"DE", "BY", "80000", "81999"}};
    EXPECT_EQ(Taxes(1000), Amounts{190});
    place_.postcode = "82000";
    EXPECT_EQ(Taxes(1000), Amounts{});
    place_ = {"DE", "BE", "80331"};
    EXPECT_EQ(Taxes(1000), Amounts{});
    tax.places.push_back({"DE", "BE", "", ""});
    EXPECT_EQ(Taxes(1000), Amounts{190});
    place_.country = "AT";
    EXPECT_EQ(Taxes(1000), Amounts{});
}

TEST_F(Taxing, HoldsFromItsDayUntilTheDayBefore) {
    Tax& tax = rules_.taxes.front();
    tax.from = On("2027-06-15");
    tax.until = On("2027-06-16");
    EXPECT_EQ(Taxes(1000), Amounts{190});
    question_.on = On("2027-06-14");
    EXPECT_EQ(Taxes(1000), Amounts{});
    question_.on = On("2027-06-16");
    EXPECT_EQ(Taxes(1000), Amounts{});
}

TEST_F(Taxing, HoldsForItsClasses) {
    rules_.taxes.front().customer_classes = {"business"};
    EXPECT_EQ(Taxes(1000), Amounts{});
    rules_.taxes.front().customer_classes = {"business", "consumer"};
    rules_.taxes.front().product_classes = {"books"};
    EXPECT_EQ(Taxes(1000), Amounts{});
}

TEST_F(Taxing, ACertificateExemptsUntilItExpires) {
    question_.exemptions = {{"VAT", "C-1", On("2027-06-16")}};
    const auto tax = First(Line(1000)).taxes.front();
    EXPECT_EQ(tax.amount.minor_units(), 0);
    EXPECT_EQ(tax.category, "E");
    EXPECT_EQ(tax.note, "C-1");
    question_.exemptions.front().until = question_.on;
    EXPECT_EQ(Taxes(1000), Amounts{190});
}

TEST_F(Taxing, PerUnitAndCap) {
    Tax& tax = rules_.taxes.front();
    tax.rate = Decimal();
    tax.per_unit = {{kEuro, Decimal(15, 3)}};
    EXPECT_EQ(Taxes(1000, Decimal(3)), Amounts{5});
    tax.cap = {{kEuro, Decimal(4, 2)}};
    EXPECT_EQ(Taxes(1000, Decimal(3)), Amounts{4});
    tax.cap.clear();
    TaxableLine part = Line(1000, Decimal(200));
    part.share = {7, 30};
    EXPECT_EQ(First(part).taxes.front().amount, Money(70, kEuro));
    tax.cap = {{kEuro, Decimal(4, 2)}};
    tax.rate = Decimal(10);
    EXPECT_EQ(Taxes(-1000), Amounts{-4});
}

TEST_F(Taxing, ACompoundTaxIsOnTheOnesBeforeIt) {
    rules_.taxes = {Vat("GST", Decimal(5)), Vat("QST", Decimal(10))};
    EXPECT_EQ(Taxes(10000), (Amounts{500, 1000}));
    rules_.taxes.back().compound = true;
    EXPECT_EQ(Taxes(10000), (Amounts{500, 1050}));
}

TEST_F(Taxing, TakesInclusiveTaxesOutOfThePrice) {
    rules_.prices_include_tax = true;
    rules_.taxes = {Vat("GST", Decimal(5)), Vat("QST", Decimal(10))};
    rules_.taxes.back().compound = true;
    EXPECT_EQ(Taxes(11550), (Amounts{500, 1050}));
    for (const auto rounding :
         {Policies::InclusiveRounding::kTax, Policies::InclusiveRounding::kNet}) {
        policies_.inclusive_rounding = rounding;
        for (std::int64_t cents = -300; cents <= 3000; ++cents) {
            const auto line = First(Line(cents));
            Money sum = line.net;
            for (const auto& tax : line.taxes) sum = sum + tax.amount;
            ASSERT_EQ(sum, Money(cents, kEuro)) << "net and taxes are the price";
        }
    }
}

TEST_F(Taxing, ReversesTheChargeForAValidIdAbroadOnly) {
    rules_.taxes.front().reverse_charge = true;
    question_.vat_id = "ATU1";
    question_.vat_id_valid = true;
    EXPECT_EQ(Taxes(1000), Amounts{190}) << "at home";
    place_.country = "AT";
    const auto tax = First(Line(1000)).taxes.front();
    EXPECT_EQ(tax.category, "AE");
    EXPECT_EQ(tax.amount.minor_units(), 0);
    EXPECT_EQ(tax.rate, Decimal());
    question_.vat_id_valid = false;
    EXPECT_EQ(Taxes(1000), Amounts{190});
    question_.vat_id_valid.reset();
    EXPECT_EQ(Ask({Line(1000)}).error().code, ErrorCode::kUnavailable);
    question_.vat_id.clear();
    EXPECT_EQ(Taxes(1000), Amounts{190});
}

TEST_F(Taxing, PerDocumentIsRoundedOnceAndSpread) {
    const auto sum = [&] {
        std::int64_t all = 0;
        const auto answer = Ask({Line(13), Line(13), Line(13)});
        for (const auto& line : answer->lines) all += line.taxes.front().amount.minor_units();
        return all;
    };
    EXPECT_EQ(sum(), 6);  // 2.47 → 2 each
    policies_.tax_rounding = Policies::TaxRounding::kPerDocument;
    EXPECT_EQ(sum(), 7);  // 7.41
}

TEST_F(Taxing, PerDocumentWhatIsGivenBackIsRoundedWithTheCharges) {
    policies_.tax_rounding = Policies::TaxRounding::kPerDocument;
    // 8.16 less 5.08 is 3.08, and 19 % of it 0.59 (0.5852): of the charges 1.56, not 1.55.
    const auto back = [](Decimal rate, const char* category) {
        return billing::LineTax{"VAT", "VAT", category, rate, Money(-508, kEuro), Money(-97, kEuro),
                                ""};
    };
    question_.given_back = {back(Decimal(19), "S")};
    EXPECT_EQ(Taxes(816), Amounts{156});
    // Of another rate or category it is another tax.
    question_.given_back = {back(Decimal(16), "S"), back(Decimal(19), "AE")};
    EXPECT_EQ(Taxes(816), Amounts{155});
    question_.given_back = {back(Decimal(19), "S")};
    policies_.tax_rounding = Policies::TaxRounding::kPerLine;
    EXPECT_EQ(Taxes(816), Amounts{155});
    // With the tax inside: 9.71 less 6.05 is 3.66, of which 0.58 (0.5844) is tax.
    policies_.tax_rounding = Policies::TaxRounding::kPerDocument;
    rules_.prices_include_tax = true;
    EXPECT_EQ(Taxes(971), Amounts{155});
}

TEST_F(Taxing, PerDocumentInclusiveWithDifferentTaxesOnTheLines) {
    // The same tax alone on one line, and with a city tax on another.
    rules_.prices_include_tax = true;
    rules_.taxes.push_back(Vat("CITY", Decimal(10)));
    rules_.taxes.back().product_classes = {"city"};
    policies_.tax_rounding = Policies::TaxRounding::kPerDocument;
    TaxableLine both = Line(12900);
    both.tax_class = "city";
    const auto answer = Ask({Line(11900), both});
    EXPECT_EQ(answer->lines[0].taxes[0].amount.minor_units(), 1900);
    EXPECT_EQ(answer->lines[1].taxes[0].amount.minor_units(), 1900);
    EXPECT_EQ(answer->lines[1].taxes[1].amount.minor_units(), 1000);
}

TEST_F(Taxing, ALineMayNameItsTaxes) {
    rules_.taxes.push_back(Vat("LOW", Decimal(7)));
    TaxableLine line = Line(1000);
    line.taxes = {{"LOW"}};
    EXPECT_EQ(First(line).taxes.front().amount.minor_units(), 70);
    line.taxes = {{"NONE"}};
    EXPECT_EQ(Ask({line}).error().fields.front().message, "error.no_such_tax");
    line.taxes.emplace();
    EXPECT_TRUE(First(line).taxes.empty());
}

}  // namespace
}  // namespace livery::taxes
