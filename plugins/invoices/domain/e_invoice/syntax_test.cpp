#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/e_invoice/cii.h"
#include "domain/e_invoice/factur_x.h"
#include "domain/e_invoice/rules.h"
#include "domain/e_invoice/testing/readers.h"
#include "domain/e_invoice/testing/samples.h"
#include "domain/e_invoice/testing/structure.h"
#include "domain/e_invoice/ubl.h"

namespace livery::invoices::e_invoice {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

void ExpectBothWays(const EInvoice& invoice) {
    const std::string ubl = WriteUbl(invoice).value();
    EXPECT_THAT(UblProblems(ubl), IsEmpty());
    EXPECT_TRUE(ReadUbl(ubl) == invoice) << ubl.substr(0, 20'000);
    const std::string cii = WriteCii(invoice).value();
    EXPECT_THAT(CiiProblems(cii), IsEmpty());
    EXPECT_TRUE(ReadCii(cii) == invoice) << cii.substr(0, 20'000);
}

TEST(Syntaxes, AFullInvoiceComesBackAsItWas) { ExpectBothWays(FullSample()); }

TEST(Syntaxes, ACreditNoteComesBackAsItWas) {
    EInvoice note = FullSample();
    note.type = TypeCode::kCreditNote;
    ExpectBothWays(note);
    EXPECT_THAT(WriteUbl(note).value(), HasSubstr("<cbc:CreditedQuantity unitCode=\"C62\">7.5</"));
}

TEST(Syntaxes, ATaxPointDateComesBackAsItWas) {
    EInvoice invoice = FullSample();
    invoice.tax_point.reset();
    invoice.tax_point_date = ParseDate("2026-03-15");
    ExpectBothWays(invoice);
    invoice.type = TypeCode::kCreditNote;
    ExpectBothWays(invoice);
}

TEST(Syntaxes, EveryVatCategoryComesBackAsItWas) {
    using Category = VatCategory;
    ExpectBothWays(
        Sample({Category::kStandard, Category::kZeroRated, Category::kExempt,
                Category::kReverseCharge, Category::kIntraCommunity, Category::kExport}));
    ExpectBothWays(Sample({Category::kOutOfScope}));
}

TEST(Syntaxes, TextOfEveryScriptAndMarkupComesBackAsItWas) {
    EInvoice invoice = FullSample();
    const std::string text = "فاتورة 請求書 발행 <b>&amp; \"quoted\" 'it' ]]> &\n\tnext  line ";
    invoice.seller.name = text;
    invoice.notes = {text};
    invoice.lines[0].description = text;
    invoice.lines[0].unit = "<&\"'>";
    invoice.lines[0].attributes[0].value = " ";
    ExpectBothWays(invoice);
}

TEST(Syntaxes, TextThatXmlCannotCarryIsRefused) {
    for (const std::string& bad :
         {std::string("a\x01"), std::string("a\0b", 3), std::string("a\rb"),
          std::string("a\x1b[0m"), std::string("a\x7f"), std::string("\xff"),
          std::string("a\xef\xbf\xbf")}) {
        EInvoice invoice = FullSample();
        invoice.lines[1].name = bad;
        EXPECT_FALSE(WriteUbl(invoice)) << bad;
        EXPECT_FALSE(WriteCii(invoice)) << bad;
        invoice = FullSample();
        invoice.buyer.legal_id.scheme = bad;
        EXPECT_FALSE(WriteUbl(invoice)) << bad;
        EXPECT_FALSE(WriteCii(invoice)) << bad;
    }
}

TEST(Syntaxes, TenThousandLinesAreValidAndComeBackAsTheyWere) {
    EInvoice invoice = Draft({});
    for (int i = 1; i <= 10'000; ++i) {
        invoice.lines.push_back(LineOf(i, i, Rate(VatCategory::kStandard)));
    }
    invoice = Settled(invoice);
    EXPECT_THAT(Check(invoice), IsEmpty());
    EXPECT_EQ(invoice.totals.lines->ToDecimal(), "500050.00");
    ExpectBothWays(invoice);
}

TEST(Syntaxes, TheSameInvoiceIsTheSameBytes) {
    EXPECT_EQ(WriteUbl(FullSample()).value(), WriteUbl(FullSample()).value());
    EXPECT_EQ(WriteCii(FullSample()).value(), WriteCii(FullSample()).value());
}

TEST(Syntaxes, WhatIsAbsentLeavesNoEmptyElement) {
    for (const std::string& xml : {WriteUbl(Sample({VatCategory::kOutOfScope})).value(),
                                   WriteCii(Sample({VatCategory::kOutOfScope})).value()}) {
        EXPECT_THAT(xml, Not(HasSubstr("/>")));
        EXPECT_THAT(xml, Not(HasSubstr("Percent")));
    }
    EInvoice bare = Sample({VatCategory::kStandard});
    bare.delivery = {};
    EXPECT_THAT(WriteCii(bare).value(), HasSubstr("<ram:ApplicableHeaderTradeDelivery />"));
    EXPECT_THAT(CiiProblems(WriteCii(bare).value()), IsEmpty());
}

TEST(Syntaxes, ACreditNoteKeepsItsDueDateWithoutPaymentMeans) {
    EInvoice note = Sample({VatCategory::kStandard});
    note.type = TypeCode::kCreditNote;
    const std::string xml = WriteUbl(note).value();
    EXPECT_THAT(xml, HasSubstr("<cbc:PaymentMeansCode>1</cbc:PaymentMeansCode>"));
    EXPECT_THAT(xml, HasSubstr("<cbc:PaymentDueDate>2026-04-14</cbc:PaymentDueDate>"));
}

TEST(Structure, WhatIsOutOfOrderOrMissingIsNamed) {
    std::string xml = WriteUbl(FullSample()).value();
    xml.insert(xml.find("<cbc:IssueDate>"), "<cbc:DueDate>2026-04-14</cbc:DueDate>");
    EXPECT_THAT(UblProblems(xml), testing::Contains("Invoice/cbc:IssueDate is missing"));
    EInvoice invoice = FullSample();
    invoice.lines.clear();
    EXPECT_THAT(UblProblems(WriteUbl(invoice).value()),
                testing::Contains("Invoice/cac:InvoiceLine is missing"));
    invoice = FullSample();
    invoice.number.clear();
    EXPECT_THAT(CiiProblems(WriteCii(invoice).value()),
                testing::Contains("rsm:ExchangedDocument/ram:ID is missing"));
    EXPECT_THAT(CiiProblems(WriteUbl(invoice).value()), Not(IsEmpty()));
}

TEST(FacturXMetadata, NamesTheFileAndDeclaresEachProperty) {
    const std::string xmp = FacturXMetadata();
    EXPECT_THAT(xmp, HasSubstr("<fx:DocumentType>INVOICE</fx:DocumentType>"));
    EXPECT_THAT(xmp, HasSubstr("<fx:DocumentFileName>factur-x.xml</fx:DocumentFileName>"));
    EXPECT_THAT(xmp, HasSubstr("<fx:Version>1.0</fx:Version>"));
    EXPECT_THAT(xmp, HasSubstr("<fx:ConformanceLevel>EN 16931</fx:ConformanceLevel>"));
    for (const char* name : {"DocumentFileName", "DocumentType", "Version", "ConformanceLevel"}) {
        const std::string declared = "<pdfaProperty:name>" + std::string(name) + "</";
        EXPECT_THAT(xmp, HasSubstr(declared));
    }
    EXPECT_THAT(xmp, Not(HasSubstr("<?xml")));
}

}  // namespace
}  // namespace livery::invoices::e_invoice
