#include "domain/e_invoice/cii.h"

#include <algorithm>
#include <array>

#include "domain/e_invoice/element.h"

namespace livery::invoices::e_invoice {

namespace {

constexpr const char* kDelivery = "ram:ApplicableHeaderTradeDelivery";

// Format 102 of UNTDID 2379: CCYYMMDD.
void WriteDay(Element parent, const char* name, const std::optional<Date>& date) {
    if (!date) return;
    std::string digits = ToIso(*date);
    digits.erase(std::remove(digits.begin(), digits.end(), '-'), digits.end());
    parent.Text(name, digits).Attribute("format", "102");
}

std::string_view TaxPointCode(const std::optional<TaxPoint>& point) {  // UNTDID 2475
    if (!point) return "";
    constexpr std::array<std::string_view, 3> kCodes{"5", "29", "72"};
    return kCodes.at(static_cast<std::size_t>(*point));
}

bool IsIban(std::string_view account) {
    const auto letter = [](char c) { return c >= 'A' && c <= 'Z'; };
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    return account.size() > 4 && letter(account[0]) && letter(account[1]) && digit(account[2]) &&
           digit(account[3]);
}

void WriteContext(Element root, const EInvoice& invoice) {
    Element context = root.Child("rsm:ExchangedDocumentContext");
    context.Child("ram:BusinessProcessSpecifiedDocumentContextParameter")
        .Text("ram:ID", invoice.process);
    context.Child("ram:GuidelineSpecifiedDocumentContextParameter")
        .Text("ram:ID", invoice.specification);
    Element document = root.Child("rsm:ExchangedDocument");
    document.Text("ram:ID", invoice.number);
    if (invoice.type) {
        document.Text("ram:TypeCode", std::to_string(static_cast<int>(*invoice.type)));
    }
    WriteDay(document.Child("ram:IssueDateTime"), "udt:DateTimeString", invoice.issue_date);
    for (const std::string& note : invoice.notes) {
        document.Child("ram:IncludedNote").Text("ram:Content", note);
    }
}

std::string_view CodeOf(const VatRate& vat) { return vat.category ? ToCode(*vat.category) : ""; }

void WriteVatGroup(Element parent, const char* name, const VatRate& vat) {
    if (vat == VatRate{}) return;
    Element tax = parent.Child(name);
    tax.Text("ram:TypeCode", "VAT");
    tax.Text("ram:CategoryCode", CodeOf(vat));
    tax.Number("ram:RateApplicablePercent", vat.percent);
}

void WritePeriod(Element parent, const Span& period) {
    Element element = parent.Child("ram:BillingSpecifiedPeriod");
    WriteDay(element.Child("ram:StartDateTime"), "udt:DateTimeString", period.from);
    WriteDay(element.Child("ram:EndDateTime"), "udt:DateTimeString", period.to);
}

void WriteAdjustment(Element parent, const AllowanceCharge& from) {
    Element element = parent.Child("ram:SpecifiedTradeAllowanceCharge");
    element.Child("ram:ChargeIndicator")
        .Text("udt:Indicator", from.kind == Adjustment::kCharge ? "true" : "false");
    element.Number("ram:CalculationPercent", from.percent);
    element.Amount("ram:BasisAmount", from.base);
    element.Amount("ram:ActualAmount", from.amount);
    element.Text("ram:ReasonCode", from.reason_code);
    element.Text("ram:Reason", from.reason);
    WriteVatGroup(element, "ram:CategoryTradeTax", from.vat);
}

void WriteProduct(Element line, const Line& from) {
    Element product = line.Child("ram:SpecifiedTradeProduct");
    product.Text("ram:SellerAssignedID", from.seller_item_id);
    product.Text("ram:Name", from.name);
    product.Text("ram:Description", from.description);
    for (const ItemAttribute& attribute : from.attributes) {
        Element characteristic = product.Child("ram:ApplicableProductCharacteristic");
        characteristic.Text("ram:Description", attribute.name);
        characteristic.Text("ram:Value", attribute.value);
    }
}

void WriteLine(Element transaction, const Line& from) {
    Element line = transaction.Child("ram:IncludedSupplyChainTradeLineItem");
    Element document = line.Child("ram:AssociatedDocumentLineDocument");
    document.Text("ram:LineID", from.id);
    document.Child("ram:IncludedNote").Text("ram:Content", from.note);
    WriteProduct(line, from);
    line.Child("ram:SpecifiedLineTradeAgreement")
        .Child("ram:NetPriceProductTradePrice")
        .Number("ram:ChargeAmount", from.net_price);
    line.Child("ram:SpecifiedLineTradeDelivery")
        .Number("ram:BilledQuantity", from.quantity)
        .Attribute("unitCode", from.unit);
    Element settlement = line.Child("ram:SpecifiedLineTradeSettlement");
    WriteVatGroup(settlement, "ram:ApplicableTradeTax", from.vat);
    WritePeriod(settlement, from.period);
    for (const AllowanceCharge& adjustment : from.adjustments) {
        WriteAdjustment(settlement, adjustment);
    }
    settlement.Child("ram:SpecifiedTradeSettlementLineMonetarySummation")
        .Amount("ram:LineTotalAmount", from.net);
}

void WriteAddress(Element party, const Address& address) {
    Element element = party.Child("ram:PostalTradeAddress");
    element.Text("ram:PostcodeCode", address.postcode);
    element.Text("ram:LineOne", address.line1);
    element.Text("ram:LineTwo", address.line2);
    element.Text("ram:LineThree", address.line3);
    element.Text("ram:CityName", address.city);
    element.Text("ram:CountryID", address.country);
    element.Text("ram:CountrySubDivisionName", address.subdivision);
}

void WriteParty(Element agreement, const char* name, const Party& from) {
    Element party = agreement.Child(name);
    party.Identified(from.id.scheme.empty() ? "ram:ID" : "ram:GlobalID", from.id);
    party.Text("ram:Name", from.name);
    Element legal = party.Child("ram:SpecifiedLegalOrganization");
    legal.Identified("ram:ID", from.legal_id);
    legal.Text("ram:TradingBusinessName", from.trading_name);
    Element contact = party.Child("ram:DefinedTradeContact");
    contact.Text("ram:PersonName", from.contact.name);
    contact.Child("ram:TelephoneUniversalCommunication")
        .Text("ram:CompleteNumber", from.contact.phone);
    contact.Child("ram:EmailURIUniversalCommunication").Text("ram:URIID", from.contact.email);
    if (from.address) WriteAddress(party, *from.address);
    party.Child("ram:URIUniversalCommunication").Identified("ram:URIID", from.electronic_address);
    party.Child("ram:SpecifiedTaxRegistration").Identified("ram:ID", {from.vat_id, "VA"});
    party.Child("ram:SpecifiedTaxRegistration").Identified("ram:ID", {from.tax_registration, "FC"});
}

void WritePayment(Element settlement, const PaymentMeans& from) {
    Element means = settlement.Child("ram:SpecifiedTradeSettlementPaymentMeans");
    means.Text("ram:TypeCode", from.type_code);
    Element account = means.Child("ram:PayeePartyCreditorFinancialAccount");
    const bool iban = IsIban(from.account);
    if (iban) account.Text("ram:IBANID", from.account);
    account.Text("ram:AccountName", from.account_name);
    if (!iban) account.Text("ram:ProprietaryID", from.account);
    means.Child("ram:PayeeSpecifiedCreditorFinancialInstitution").Text("ram:BICID", from.bic);
}

void WriteTax(Element settlement, const VatSubtotal& from, const EInvoice& invoice) {
    Element tax = settlement.Child("ram:ApplicableTradeTax");
    tax.Amount("ram:CalculatedAmount", from.tax);
    tax.Text("ram:TypeCode", "VAT");
    tax.Text("ram:ExemptionReason", from.exemption_reason);
    tax.Amount("ram:BasisAmount", from.taxable);
    tax.Text("ram:CategoryCode", CodeOf(from.vat));
    tax.Text("ram:ExemptionReasonCode", from.exemption_code);
    WriteDay(tax.Child("ram:TaxPointDate"), "udt:DateString", invoice.tax_point_date);
    tax.Text("ram:DueDateTypeCode", TaxPointCode(invoice.tax_point));
    tax.Number("ram:RateApplicablePercent", from.vat.percent);
}

void WriteTotals(Element settlement, const Totals& from) {
    Element totals = settlement.Child("ram:SpecifiedTradeSettlementHeaderMonetarySummation");
    totals.Amount("ram:LineTotalAmount", from.lines);
    totals.Amount("ram:ChargeTotalAmount", from.charges);
    totals.Amount("ram:AllowanceTotalAmount", from.allowances);
    totals.Amount("ram:TaxBasisTotalAmount", from.without_vat);
    Element vat = totals.Amount("ram:TaxTotalAmount", from.vat);
    if (from.vat) vat.Attribute("currencyID", from.vat->currency().code());
    totals.Amount("ram:RoundingAmount", from.rounding);
    totals.Amount("ram:GrandTotalAmount", from.with_vat);
    totals.Amount("ram:TotalPrepaidAmount", from.prepaid);
    totals.Amount("ram:DuePayableAmount", from.due);
}

void WriteSettlement(Element transaction, const EInvoice& invoice) {
    Element settlement = transaction.Child("ram:ApplicableHeaderTradeSettlement");
    if (invoice.payment) settlement.Text("ram:PaymentReference", invoice.payment->remittance);
    if (invoice.currency) settlement.Text("ram:InvoiceCurrencyCode", invoice.currency->code());
    if (invoice.payment) WritePayment(settlement, *invoice.payment);
    for (const VatSubtotal& subtotal : invoice.vat) WriteTax(settlement, subtotal, invoice);
    WritePeriod(settlement, invoice.period);
    for (const AllowanceCharge& adjustment : invoice.adjustments) {
        WriteAdjustment(settlement, adjustment);
    }
    Element terms = settlement.Child("ram:SpecifiedTradePaymentTerms");
    terms.Text("ram:Description", invoice.payment_terms);
    WriteDay(terms.Child("ram:DueDateDateTime"), "udt:DateTimeString", invoice.due_date);
    WriteTotals(settlement, invoice.totals);
    for (const PrecedingInvoice& before : invoice.preceding) {
        Element reference = settlement.Child("ram:InvoiceReferencedDocument");
        reference.Text("ram:IssuerAssignedID", before.number);
        WriteDay(reference.Child("ram:FormattedIssueDateTime"), "qdt:DateTimeString",
                 before.issue_date);
    }
}

}  // namespace

Result<std::string> WriteCii(const EInvoice& invoice) {
    pugi::xml_document document;
    Element root = Element(document.root()).Child("rsm:CrossIndustryInvoice");
    root.Attribute("xmlns:rsm", "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100");
    root.Attribute("xmlns:qdt", "urn:un:unece:uncefact:data:standard:QualifiedDataType:100");
    root.Attribute(
        "xmlns:ram",
        "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100");
    root.Attribute("xmlns:udt", "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100");
    WriteContext(root, invoice);
    Element transaction = root.Child("rsm:SupplyChainTradeTransaction");
    for (const Line& line : invoice.lines) WriteLine(transaction, line);
    Element agreement = transaction.Child("ram:ApplicableHeaderTradeAgreement");
    agreement.Text("ram:BuyerReference", invoice.buyer_reference);
    WriteParty(agreement, "ram:SellerTradeParty", invoice.seller);
    WriteParty(agreement, "ram:BuyerTradeParty", invoice.buyer);
    agreement.Child("ram:BuyerOrderReferencedDocument")
        .Text("ram:IssuerAssignedID", invoice.order_reference);
    Element delivery = transaction.Child(kDelivery);
    delivery.Child("ram:ShipToTradeParty")
        .Child("ram:PostalTradeAddress")
        .Text("ram:CountryID", invoice.delivery.country);
    WriteDay(delivery.Child("ram:ActualDeliverySupplyChainEvent").Child("ram:OccurrenceDateTime"),
             "udt:DateTimeString", invoice.delivery.date);
    WriteSettlement(transaction, invoice);
    return ToText(document, kDelivery);
}

}  // namespace livery::invoices::e_invoice
