#include "domain/e_invoice/element.h"
#include "domain/e_invoice/testing/readers.h"

namespace livery::invoices::e_invoice {

namespace {

using OptionalCurrency = std::optional<Currency>;

Party ReadParty(const Source& from) {
    Party party;
    party.name = from.Text("ram:Name");
    party.trading_name = from.Text("ram:SpecifiedLegalOrganization/ram:TradingBusinessName");
    party.id = from.Identified(from.Child("ram:GlobalID") ? "ram:GlobalID" : "ram:ID");
    party.legal_id = from.Identified("ram:SpecifiedLegalOrganization/ram:ID");
    party.electronic_address = from.Identified("ram:URIUniversalCommunication/ram:URIID");
    from.Each("ram:SpecifiedTaxRegistration", [&](const Source& registration) {
        const Identifier id = registration.Identified("ram:ID");
        (id.scheme == "VA" ? party.vat_id : party.tax_registration) = id.value;
    });
    if (const Source address = from.Child("ram:PostalTradeAddress")) {
        party.address =
            Address{address.Text("ram:LineOne"),      address.Text("ram:LineTwo"),
                    address.Text("ram:LineThree"),    address.Text("ram:CityName"),
                    address.Text("ram:PostcodeCode"), address.Text("ram:CountrySubDivisionName"),
                    address.Text("ram:CountryID")};
    }
    const Source contact = from.Child("ram:DefinedTradeContact");
    party.contact = {contact.Text("ram:PersonName"),
                     contact.Text("ram:TelephoneUniversalCommunication/ram:CompleteNumber"),
                     contact.Text("ram:EmailURIUniversalCommunication/ram:URIID")};
    return party;
}

Span ReadPeriod(const Source& from) {
    const Source period = from.Child("ram:BillingSpecifiedPeriod");
    return {period.Day("ram:StartDateTime/udt:DateTimeString"),
            period.Day("ram:EndDateTime/udt:DateTimeString")};
}

VatRate ReadRate(const Source& from) {
    return {VatCategoryFrom(from.Text("ram:CategoryCode")),
            from.Number("ram:RateApplicablePercent")};
}

AllowanceCharge ReadAdjustment(const Source& from, const OptionalCurrency& currency) {
    const bool charge = from.Text("ram:ChargeIndicator/udt:Indicator") == "true";
    return {charge ? Adjustment::kCharge : Adjustment::kAllowance,
            from.Amount("ram:ActualAmount", currency),
            from.Amount("ram:BasisAmount", currency),
            from.Number("ram:CalculationPercent"),
            ReadRate(from.Child("ram:CategoryTradeTax")),
            from.Text("ram:Reason"),
            from.Text("ram:ReasonCode")};
}

Line ReadLine(const Source& from, const OptionalCurrency& currency) {
    constexpr const char* kQuantity = "ram:SpecifiedLineTradeDelivery/ram:BilledQuantity";
    Line line;
    line.id = from.Text("ram:AssociatedDocumentLineDocument/ram:LineID");
    line.note = from.Text("ram:AssociatedDocumentLineDocument/ram:IncludedNote/ram:Content");
    line.quantity = from.Number(kQuantity);
    line.unit = from.Attribute(kQuantity, "unitCode");
    const Source settlement = from.Child("ram:SpecifiedLineTradeSettlement");
    line.net = settlement.Amount(
        "ram:SpecifiedTradeSettlementLineMonetarySummation/ram:LineTotalAmount", currency);
    line.period = ReadPeriod(settlement);
    settlement.Each("ram:SpecifiedTradeAllowanceCharge", [&](const Source& adjustment) {
        line.adjustments.push_back(ReadAdjustment(adjustment, currency));
    });
    line.net_price = from.Number(
        "ram:SpecifiedLineTradeAgreement/ram:NetPriceProductTradePrice/ram:ChargeAmount");
    line.vat = ReadRate(settlement.Child("ram:ApplicableTradeTax"));
    const Source product = from.Child("ram:SpecifiedTradeProduct");
    line.name = product.Text("ram:Name");
    line.description = product.Text("ram:Description");
    line.seller_item_id = product.Text("ram:SellerAssignedID");
    product.Each("ram:ApplicableProductCharacteristic", [&](const Source& from_attribute) {
        line.attributes.push_back(
            {from_attribute.Text("ram:Description"), from_attribute.Text("ram:Value")});
    });
    return line;
}

void ReadHead(const Source& root, EInvoice& invoice) {
    const Source context = root.Child("rsm:ExchangedDocumentContext");
    invoice.process = context.Text("ram:BusinessProcessSpecifiedDocumentContextParameter/ram:ID");
    invoice.specification = context.Text("ram:GuidelineSpecifiedDocumentContextParameter/ram:ID");
    const Source document = root.Child("rsm:ExchangedDocument");
    invoice.number = document.Text("ram:ID");
    const bool credit_note = document.Text("ram:TypeCode") == "381";
    invoice.type = credit_note ? TypeCode::kCreditNote : TypeCode::kInvoice;
    invoice.issue_date = document.Day("ram:IssueDateTime/udt:DateTimeString");
    document.Each("ram:IncludedNote",
                  [&](const Source& note) { invoice.notes.push_back(note.Text("ram:Content")); });
}

void ReadPayment(const Source& settlement, EInvoice& invoice) {
    if (const Source means = settlement.Child("ram:SpecifiedTradeSettlementPaymentMeans")) {
        const Source account = means.Child("ram:PayeePartyCreditorFinancialAccount");
        const std::string iban = account.Text("ram:IBANID");
        invoice.payment =
            PaymentMeans{means.Text("ram:TypeCode"), settlement.Text("ram:PaymentReference"),
                         iban.empty() ? account.Text("ram:ProprietaryID") : iban,
                         account.Text("ram:AccountName"),
                         means.Text("ram:PayeeSpecifiedCreditorFinancialInstitution/ram:BICID")};
    }
    const Source terms = settlement.Child("ram:SpecifiedTradePaymentTerms");
    invoice.payment_terms = terms.Text("ram:Description");
    invoice.due_date = terms.Day("ram:DueDateDateTime/udt:DateTimeString");
}

void ReadTax(const Source& settlement, EInvoice& invoice) {
    settlement.Each("ram:ApplicableTradeTax", [&](const Source& from) {
        invoice.vat.push_back({from.Amount("ram:BasisAmount", invoice.currency),
                               from.Amount("ram:CalculatedAmount", invoice.currency),
                               ReadRate(from), from.Text("ram:ExemptionReason"),
                               from.Text("ram:ExemptionReasonCode")});
        invoice.tax_point_date = from.Day("ram:TaxPointDate/udt:DateString");
        const std::string point = from.Text("ram:DueDateTypeCode");
        if (point == "5") invoice.tax_point = TaxPoint::kIssueDate;
        if (point == "29") invoice.tax_point = TaxPoint::kDeliveryDate;
        if (point == "72") invoice.tax_point = TaxPoint::kPaymentDate;
    });
}

void ReadSettlement(const Source& settlement, EInvoice& invoice) {
    const OptionalCurrency& currency = invoice.currency;
    ReadPayment(settlement, invoice);
    ReadTax(settlement, invoice);
    invoice.period = ReadPeriod(settlement);
    settlement.Each("ram:SpecifiedTradeAllowanceCharge", [&](const Source& from) {
        invoice.adjustments.push_back(ReadAdjustment(from, currency));
    });
    const Source totals = settlement.Child("ram:SpecifiedTradeSettlementHeaderMonetarySummation");
    invoice.totals = {totals.Amount("ram:LineTotalAmount", currency),
                      totals.Amount("ram:AllowanceTotalAmount", currency),
                      totals.Amount("ram:ChargeTotalAmount", currency),
                      totals.Amount("ram:TaxBasisTotalAmount", currency),
                      totals.Amount("ram:TaxTotalAmount", currency),
                      totals.Amount("ram:GrandTotalAmount", currency),
                      totals.Amount("ram:TotalPrepaidAmount", currency),
                      totals.Amount("ram:RoundingAmount", currency),
                      totals.Amount("ram:DuePayableAmount", currency)};
    settlement.Each("ram:InvoiceReferencedDocument", [&](const Source& from) {
        invoice.preceding.push_back({from.Text("ram:IssuerAssignedID"),
                                     from.Day("ram:FormattedIssueDateTime/qdt:DateTimeString")});
    });
}

}  // namespace

EInvoice ReadCii(const std::string& xml) {
    pugi::xml_document document;
    const Source root = Parse(document, xml);
    const Source transaction = root.Child("rsm:SupplyChainTradeTransaction");
    const Source agreement = transaction.Child("ram:ApplicableHeaderTradeAgreement");
    const Source delivery = transaction.Child("ram:ApplicableHeaderTradeDelivery");
    const Source settlement = transaction.Child("ram:ApplicableHeaderTradeSettlement");
    EInvoice invoice;
    ReadHead(root, invoice);
    invoice.currency = Currency::Parse(settlement.Text("ram:InvoiceCurrencyCode"));
    invoice.buyer_reference = agreement.Text("ram:BuyerReference");
    invoice.seller = ReadParty(agreement.Child("ram:SellerTradeParty"));
    invoice.buyer = ReadParty(agreement.Child("ram:BuyerTradeParty"));
    invoice.order_reference =
        agreement.Text("ram:BuyerOrderReferencedDocument/ram:IssuerAssignedID");
    invoice.delivery = {delivery.Day("ram:ActualDeliverySupplyChainEvent/ram:OccurrenceDateTime/"
                                     "udt:DateTimeString"),
                        delivery.Text("ram:ShipToTradeParty/ram:PostalTradeAddress/ram:CountryID")};
    transaction.Each("ram:IncludedSupplyChainTradeLineItem", [&](const Source& line) {
        invoice.lines.push_back(ReadLine(line, invoice.currency));
    });
    ReadSettlement(settlement, invoice);
    return invoice;
}

}  // namespace livery::invoices::e_invoice
