#include "domain/e_invoice/element.h"
#include "domain/e_invoice/testing/readers.h"

namespace livery::invoices::e_invoice {

namespace {

using OptionalCurrency = std::optional<Currency>;

Party ReadParty(const Source& from) {
    Party party;
    party.name = from.Text("cac:PartyLegalEntity/cbc:RegistrationName");
    party.trading_name = from.Text("cac:PartyName/cbc:Name");
    party.id = from.Identified("cac:PartyIdentification/cbc:ID");
    party.legal_id = from.Identified("cac:PartyLegalEntity/cbc:CompanyID");
    party.electronic_address = from.Identified("cbc:EndpointID");
    from.Each("cac:PartyTaxScheme", [&](const Source& scheme) {
        const bool vat = scheme.Text("cac:TaxScheme/cbc:ID") == "VAT";
        (vat ? party.vat_id : party.tax_registration) = scheme.Text("cbc:CompanyID");
    });
    if (const Source address = from.Child("cac:PostalAddress")) {
        party.address = Address{address.Text("cbc:StreetName"),
                                address.Text("cbc:AdditionalStreetName"),
                                address.Text("cac:AddressLine/cbc:Line"),
                                address.Text("cbc:CityName"),
                                address.Text("cbc:PostalZone"),
                                address.Text("cbc:CountrySubentity"),
                                address.Text("cac:Country/cbc:IdentificationCode")};
    }
    const Source contact = from.Child("cac:Contact");
    party.contact = {contact.Text("cbc:Name"), contact.Text("cbc:Telephone"),
                     contact.Text("cbc:ElectronicMail")};
    return party;
}

Span ReadPeriod(const Source& from) {
    return {from.Day("cac:InvoicePeriod/cbc:StartDate"), from.Day("cac:InvoicePeriod/cbc:EndDate")};
}

VatRate ReadRate(const Source& from) {
    return {VatCategoryFrom(from.Text("cbc:ID")), from.Number("cbc:Percent")};
}

AllowanceCharge ReadAdjustment(const Source& from, const OptionalCurrency& currency) {
    const bool charge = from.Text("cbc:ChargeIndicator") == "true";
    return {charge ? Adjustment::kCharge : Adjustment::kAllowance,
            from.Amount("cbc:Amount", currency),
            from.Amount("cbc:BaseAmount", currency),
            from.Number("cbc:MultiplierFactorNumeric"),
            ReadRate(from.Child("cac:TaxCategory")),
            from.Text("cbc:AllowanceChargeReason"),
            from.Text("cbc:AllowanceChargeReasonCode")};
}

Line ReadLine(const Source& from, const char* quantity, const OptionalCurrency& currency) {
    Line line;
    line.id = from.Text("cbc:ID");
    line.note = from.Text("cbc:Note");
    line.quantity = from.Number(quantity);
    line.unit = from.Attribute(quantity, "unitCode");
    line.net = from.Amount("cbc:LineExtensionAmount", currency);
    line.period = ReadPeriod(from);
    from.Each("cac:AllowanceCharge", [&](const Source& adjustment) {
        line.adjustments.push_back(ReadAdjustment(adjustment, currency));
    });
    line.net_price = from.Number("cac:Price/cbc:PriceAmount");
    const Source item = from.Child("cac:Item");
    line.vat = ReadRate(item.Child("cac:ClassifiedTaxCategory"));
    line.name = item.Text("cbc:Name");
    line.description = item.Text("cbc:Description");
    line.seller_item_id = item.Text("cac:SellersItemIdentification/cbc:ID");
    item.Each("cac:AdditionalItemProperty", [&](const Source& property) {
        line.attributes.push_back({property.Text("cbc:Name"), property.Text("cbc:Value")});
    });
    return line;
}

void ReadHead(const Source& root, EInvoice& invoice) {
    invoice.specification = root.Text("cbc:CustomizationID");
    invoice.process = root.Text("cbc:ProfileID");
    invoice.number = root.Text("cbc:ID");
    invoice.issue_date = root.Day("cbc:IssueDate");
    invoice.due_date = root.Day("cbc:DueDate");
    if (!invoice.due_date) invoice.due_date = root.Day("cac:PaymentMeans/cbc:PaymentDueDate");
    invoice.tax_point_date = root.Day("cbc:TaxPointDate");
    const std::string point = root.Text("cac:InvoicePeriod/cbc:DescriptionCode");
    if (point == "3") invoice.tax_point = TaxPoint::kIssueDate;
    if (point == "35") invoice.tax_point = TaxPoint::kDeliveryDate;
    if (point == "432") invoice.tax_point = TaxPoint::kPaymentDate;
    root.Each("cbc:Note", [&](const Source& note) { invoice.notes.push_back(note.Text(".")); });
    invoice.buyer_reference = root.Text("cbc:BuyerReference");
    invoice.period = ReadPeriod(root);
    invoice.order_reference = root.Text("cac:OrderReference/cbc:ID");
    root.Each("cac:BillingReference", [&](const Source& from) {
        const Source before = from.Child("cac:InvoiceDocumentReference");
        invoice.preceding.push_back({before.Text("cbc:ID"), before.Day("cbc:IssueDate")});
    });
    invoice.delivery = {root.Day("cac:Delivery/cbc:ActualDeliveryDate"),
                        root.Text("cac:Delivery/cac:DeliveryLocation/cac:Address/cac:Country/"
                                  "cbc:IdentificationCode")};
    if (const Source means = root.Child("cac:PaymentMeans")) {
        invoice.payment = PaymentMeans{
            means.Text("cbc:PaymentMeansCode"), means.Text("cbc:PaymentID"),
            means.Text("cac:PayeeFinancialAccount/cbc:ID"),
            means.Text("cac:PayeeFinancialAccount/cbc:Name"),
            means.Text("cac:PayeeFinancialAccount/cac:FinancialInstitutionBranch/cbc:ID")};
    }
    invoice.payment_terms = root.Text("cac:PaymentTerms/cbc:Note");
}

void ReadTotals(const Source& root, EInvoice& invoice) {
    const OptionalCurrency& currency = invoice.currency;
    const Source totals = root.Child("cac:LegalMonetaryTotal");
    invoice.totals = {totals.Amount("cbc:LineExtensionAmount", currency),
                      totals.Amount("cbc:AllowanceTotalAmount", currency),
                      totals.Amount("cbc:ChargeTotalAmount", currency),
                      totals.Amount("cbc:TaxExclusiveAmount", currency),
                      root.Amount("cac:TaxTotal/cbc:TaxAmount", currency),
                      totals.Amount("cbc:TaxInclusiveAmount", currency),
                      totals.Amount("cbc:PrepaidAmount", currency),
                      totals.Amount("cbc:PayableRoundingAmount", currency),
                      totals.Amount("cbc:PayableAmount", currency)};
    root.Child("cac:TaxTotal").Each("cac:TaxSubtotal", [&](const Source& from) {
        const Source category = from.Child("cac:TaxCategory");
        invoice.vat.push_back({from.Amount("cbc:TaxableAmount", currency),
                               from.Amount("cbc:TaxAmount", currency), ReadRate(category),
                               category.Text("cbc:TaxExemptionReason"),
                               category.Text("cbc:TaxExemptionReasonCode")});
    });
}

}  // namespace

EInvoice ReadUbl(const std::string& xml) {
    pugi::xml_document document;
    const Source root = Parse(document, xml);
    const bool credit_note = std::string_view(root.Name()) == "CreditNote";
    EInvoice invoice;
    invoice.type = credit_note ? TypeCode::kCreditNote : TypeCode::kInvoice;
    invoice.currency = Currency::Parse(root.Text("cbc:DocumentCurrencyCode"));
    ReadHead(root, invoice);
    invoice.seller = ReadParty(root.Child("cac:AccountingSupplierParty/cac:Party"));
    invoice.buyer = ReadParty(root.Child("cac:AccountingCustomerParty/cac:Party"));
    root.Each("cac:AllowanceCharge", [&](const Source& from) {
        invoice.adjustments.push_back(ReadAdjustment(from, invoice.currency));
    });
    ReadTotals(root, invoice);
    root.Each(credit_note ? "cac:CreditNoteLine" : "cac:InvoiceLine", [&](const Source& line) {
        const char* quantity = credit_note ? "cbc:CreditedQuantity" : "cbc:InvoicedQuantity";
        invoice.lines.push_back(ReadLine(line, quantity, invoice.currency));
    });
    return invoice;
}

}  // namespace livery::invoices::e_invoice
