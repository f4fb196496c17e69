#include "domain/e_invoice/ubl.h"

#include <array>

#include "domain/e_invoice/element.h"

namespace livery::invoices::e_invoice {

namespace {

// What differs between the two documents of UBL.
struct Dialect {
    const char* root;
    const char* name_space;
    const char* type_code;
    const char* line;
    const char* quantity;
};
constexpr Dialect kInvoiceDialect{"Invoice",
                                  "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2",
                                  "cbc:InvoiceTypeCode", "cac:InvoiceLine", "cbc:InvoicedQuantity"};
constexpr Dialect kCreditNoteDialect{
    "CreditNote", "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2",
    "cbc:CreditNoteTypeCode", "cac:CreditNoteLine", "cbc:CreditedQuantity"};

std::string Day(const std::optional<Date>& date) { return date ? ToIso(*date) : ""; }

void Amount(Element parent, const char* name, const std::optional<Money>& amount) {
    Element element = parent.Amount(name, amount);
    if (amount) element.Attribute("currencyID", amount->currency().code());
}

std::string_view TaxPointCode(const std::optional<TaxPoint>& point) {  // UNTDID 2005
    if (!point) return "";
    constexpr std::array<std::string_view, 3> kCodes{"3", "35", "432"};
    return kCodes.at(static_cast<std::size_t>(*point));
}

void WritePeriod(Element parent, const Span& period, const std::optional<TaxPoint>& point) {
    Element element = parent.Child("cac:InvoicePeriod");
    element.Text("cbc:StartDate", Day(period.from));
    element.Text("cbc:EndDate", Day(period.to));
    element.Text("cbc:DescriptionCode", TaxPointCode(point));
}

void WriteHead(Element root, const EInvoice& invoice, const Dialect& dialect) {
    const bool credit_note = &dialect == &kCreditNoteDialect;
    root.Text("cbc:CustomizationID", invoice.specification);
    root.Text("cbc:ProfileID", invoice.process);
    root.Text("cbc:ID", invoice.number);
    root.Text("cbc:IssueDate", Day(invoice.issue_date));
    if (!credit_note) root.Text("cbc:DueDate", Day(invoice.due_date));
    if (credit_note) root.Text("cbc:TaxPointDate", Day(invoice.tax_point_date));
    if (invoice.type) {
        root.Text(dialect.type_code, std::to_string(static_cast<int>(*invoice.type)));
    }
    for (const std::string& note : invoice.notes) root.Text("cbc:Note", note);
    if (!credit_note) root.Text("cbc:TaxPointDate", Day(invoice.tax_point_date));
    if (invoice.currency) root.Text("cbc:DocumentCurrencyCode", invoice.currency->code());
    root.Text("cbc:BuyerReference", invoice.buyer_reference);
    WritePeriod(root, invoice.period, invoice.tax_point);
    root.Child("cac:OrderReference").Text("cbc:ID", invoice.order_reference);
    for (const PrecedingInvoice& before : invoice.preceding) {
        Element reference =
            root.Child("cac:BillingReference").Child("cac:InvoiceDocumentReference");
        reference.Text("cbc:ID", before.number);
        reference.Text("cbc:IssueDate", Day(before.issue_date));
    }
}

void WriteTaxScheme(Element party, std::string_view id, std::string_view scheme) {
    if (id.empty()) return;
    Element element = party.Child("cac:PartyTaxScheme");
    element.Text("cbc:CompanyID", id);
    element.Child("cac:TaxScheme").Text("cbc:ID", scheme);
}

void WriteAddress(Element party, const Address& address) {
    Element element = party.Child("cac:PostalAddress");
    element.Text("cbc:StreetName", address.line1);
    element.Text("cbc:AdditionalStreetName", address.line2);
    element.Text("cbc:CityName", address.city);
    element.Text("cbc:PostalZone", address.postcode);
    element.Text("cbc:CountrySubentity", address.subdivision);
    element.Child("cac:AddressLine").Text("cbc:Line", address.line3);
    element.Child("cac:Country").Text("cbc:IdentificationCode", address.country);
}

void WriteParty(Element parent, const Party& from) {
    Element party = parent.Child("cac:Party");
    party.Identified("cbc:EndpointID", from.electronic_address);
    party.Child("cac:PartyIdentification").Identified("cbc:ID", from.id);
    party.Child("cac:PartyName").Text("cbc:Name", from.trading_name);
    if (from.address) WriteAddress(party, *from.address);
    WriteTaxScheme(party, from.vat_id, "VAT");
    WriteTaxScheme(party, from.tax_registration, "FC");
    Element legal = party.Child("cac:PartyLegalEntity");
    legal.Text("cbc:RegistrationName", from.name);
    legal.Identified("cbc:CompanyID", from.legal_id);
    Element contact = party.Child("cac:Contact");
    contact.Text("cbc:Name", from.contact.name);
    contact.Text("cbc:Telephone", from.contact.phone);
    contact.Text("cbc:ElectronicMail", from.contact.email);
}

void WriteDelivery(Element root, const Delivery& from) {
    Element delivery = root.Child("cac:Delivery");
    delivery.Text("cbc:ActualDeliveryDate", Day(from.date));
    delivery.Child("cac:DeliveryLocation")
        .Child("cac:Address")
        .Child("cac:Country")
        .Text("cbc:IdentificationCode", from.country);
}

void WritePayment(Element root, const EInvoice& invoice, const Dialect& dialect) {
    const std::string due_date = &dialect == &kCreditNoteDialect ? Day(invoice.due_date) : "";
    if (invoice.payment || !due_date.empty()) {
        const PaymentMeans from = invoice.payment.value_or(PaymentMeans{.type_code = "1"});
        Element means = root.Child("cac:PaymentMeans");
        means.Text("cbc:PaymentMeansCode", from.type_code);
        means.Text("cbc:PaymentDueDate", due_date);
        means.Text("cbc:PaymentID", from.remittance);
        Element account = means.Child("cac:PayeeFinancialAccount");
        account.Text("cbc:ID", from.account);
        account.Text("cbc:Name", from.account_name);
        account.Child("cac:FinancialInstitutionBranch").Text("cbc:ID", from.bic);
    }
    root.Child("cac:PaymentTerms").Text("cbc:Note", invoice.payment_terms);
}

Element WriteCategory(Element parent, const char* name, const VatRate& vat) {
    Element category = parent.Child(name);
    if (vat.category) category.Text("cbc:ID", ToCode(*vat.category));
    category.Number("cbc:Percent", vat.percent);
    return category;
}

void CloseCategory(Element category) { category.Child("cac:TaxScheme").Text("cbc:ID", "VAT"); }

void WriteAdjustment(Element parent, const AllowanceCharge& from) {
    Element element = parent.Child("cac:AllowanceCharge");
    element.Text("cbc:ChargeIndicator", from.kind == Adjustment::kCharge ? "true" : "false");
    element.Text("cbc:AllowanceChargeReasonCode", from.reason_code);
    element.Text("cbc:AllowanceChargeReason", from.reason);
    element.Number("cbc:MultiplierFactorNumeric", from.percent);
    Amount(element, "cbc:Amount", from.amount);
    Amount(element, "cbc:BaseAmount", from.base);
    if (from.vat != VatRate{}) {
        CloseCategory(WriteCategory(element, "cac:TaxCategory", from.vat));
    }
}

void WriteTax(Element root, const EInvoice& invoice) {
    Element total = root.Child("cac:TaxTotal");
    Amount(total, "cbc:TaxAmount", invoice.totals.vat);
    for (const VatSubtotal& from : invoice.vat) {
        Element subtotal = total.Child("cac:TaxSubtotal");
        Amount(subtotal, "cbc:TaxableAmount", from.taxable);
        Amount(subtotal, "cbc:TaxAmount", from.tax);
        Element category = WriteCategory(subtotal, "cac:TaxCategory", from.vat);
        category.Text("cbc:TaxExemptionReasonCode", from.exemption_code);
        category.Text("cbc:TaxExemptionReason", from.exemption_reason);
        CloseCategory(category);
    }
}

void WriteTotals(Element root, const Totals& from) {
    Element totals = root.Child("cac:LegalMonetaryTotal");
    Amount(totals, "cbc:LineExtensionAmount", from.lines);
    Amount(totals, "cbc:TaxExclusiveAmount", from.without_vat);
    Amount(totals, "cbc:TaxInclusiveAmount", from.with_vat);
    Amount(totals, "cbc:AllowanceTotalAmount", from.allowances);
    Amount(totals, "cbc:ChargeTotalAmount", from.charges);
    Amount(totals, "cbc:PrepaidAmount", from.prepaid);
    Amount(totals, "cbc:PayableRoundingAmount", from.rounding);
    Amount(totals, "cbc:PayableAmount", from.due);
}

void WriteItem(Element line, const Line& from) {
    Element item = line.Child("cac:Item");
    item.Text("cbc:Description", from.description);
    item.Text("cbc:Name", from.name);
    item.Child("cac:SellersItemIdentification").Text("cbc:ID", from.seller_item_id);
    if (from.vat != VatRate{}) {
        CloseCategory(WriteCategory(item, "cac:ClassifiedTaxCategory", from.vat));
    }
    for (const ItemAttribute& attribute : from.attributes) {
        Element property = item.Child("cac:AdditionalItemProperty");
        property.Text("cbc:Name", attribute.name);
        property.Text("cbc:Value", attribute.value);
    }
}

void WriteLine(Element root, const Line& from, const EInvoice& invoice, const Dialect& dialect) {
    Element line = root.Child(dialect.line);
    line.Text("cbc:ID", from.id);
    line.Text("cbc:Note", from.note);
    line.Number(dialect.quantity, from.quantity).Attribute("unitCode", from.unit);
    Amount(line, "cbc:LineExtensionAmount", from.net);
    WritePeriod(line, from.period, std::nullopt);
    for (const AllowanceCharge& adjustment : from.adjustments) WriteAdjustment(line, adjustment);
    WriteItem(line, from);
    Element price = line.Child("cac:Price").Number("cbc:PriceAmount", from.net_price);
    if (invoice.currency) price.Attribute("currencyID", invoice.currency->code());
}

}  // namespace

Result<std::string> WriteUbl(const EInvoice& invoice) {
    const Dialect& dialect =
        invoice.type == TypeCode::kCreditNote ? kCreditNoteDialect : kInvoiceDialect;
    pugi::xml_document document;
    Element root = Element(document.root()).Child(dialect.root);
    root.Attribute("xmlns", dialect.name_space);
    root.Attribute("xmlns:cac",
                   "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2");
    root.Attribute("xmlns:cbc",
                   "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2");
    WriteHead(root, invoice, dialect);
    WriteParty(root.Child("cac:AccountingSupplierParty"), invoice.seller);
    WriteParty(root.Child("cac:AccountingCustomerParty"), invoice.buyer);
    WriteDelivery(root, invoice.delivery);
    WritePayment(root, invoice, dialect);
    for (const AllowanceCharge& adjustment : invoice.adjustments) WriteAdjustment(root, adjustment);
    WriteTax(root, invoice);
    WriteTotals(root, invoice.totals);
    for (const Line& line : invoice.lines) WriteLine(root, line, invoice, dialect);
    return ToText(document, {});
}

}  // namespace livery::invoices::e_invoice
