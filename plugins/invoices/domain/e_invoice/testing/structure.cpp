#include "domain/e_invoice/testing/structure.h"

#include <map>
#include <sstream>

#include "domain/e_invoice/testing/readers.h"

namespace livery::invoices::e_invoice {

namespace {

// One element a line: its name, then its children in order; ? none or one, * any, + at least one.
constexpr std::string_view kUbl = R"(
Invoice cbc:CustomizationID? cbc:ProfileID? cbc:ID cbc:IssueDate cbc:DueDate? cbc:InvoiceTypeCode? cbc:Note* cbc:TaxPointDate? cbc:DocumentCurrencyCode? cbc:TaxCurrencyCode? cbc:AccountingCost? cbc:BuyerReference? cac:InvoicePeriod* cac:OrderReference? cac:BillingReference* cac:AccountingSupplierParty cac:AccountingCustomerParty cac:Delivery* cac:PaymentMeans* cac:PaymentTerms* cac:AllowanceCharge* cac:TaxTotal* cac:LegalMonetaryTotal cac:InvoiceLine+
CreditNote cbc:CustomizationID? cbc:ProfileID? cbc:ID cbc:IssueDate cbc:TaxPointDate? cbc:CreditNoteTypeCode? cbc:Note* cbc:DocumentCurrencyCode? cbc:TaxCurrencyCode? cbc:AccountingCost? cbc:BuyerReference? cac:InvoicePeriod* cac:OrderReference? cac:BillingReference* cac:AccountingSupplierParty cac:AccountingCustomerParty cac:Delivery* cac:PaymentMeans* cac:PaymentTerms* cac:AllowanceCharge* cac:TaxTotal* cac:LegalMonetaryTotal cac:CreditNoteLine+
cac:InvoicePeriod cbc:StartDate? cbc:EndDate? cbc:DescriptionCode*
cac:OrderReference cbc:ID cbc:SalesOrderID?
cac:BillingReference cac:InvoiceDocumentReference?
cac:InvoiceDocumentReference cbc:ID cbc:IssueDate?
cac:AccountingSupplierParty cac:Party?
cac:AccountingCustomerParty cac:Party?
cac:Party cbc:EndpointID? cac:PartyIdentification* cac:PartyName* cac:PostalAddress? cac:PartyTaxScheme* cac:PartyLegalEntity* cac:Contact?
cac:PartyIdentification cbc:ID
cac:PartyName cbc:Name
cac:PostalAddress cbc:StreetName? cbc:AdditionalStreetName? cbc:CityName? cbc:PostalZone? cbc:CountrySubentity? cac:AddressLine* cac:Country?
cac:Address cbc:StreetName? cbc:CityName? cac:Country?
cac:AddressLine cbc:Line
cac:Country cbc:IdentificationCode?
cac:PartyTaxScheme cbc:RegistrationName? cbc:CompanyID? cac:TaxScheme
cac:TaxScheme cbc:ID?
cac:PartyLegalEntity cbc:RegistrationName? cbc:CompanyID?
cac:Contact cbc:Name? cbc:Telephone? cbc:ElectronicMail?
cac:Delivery cbc:ActualDeliveryDate? cac:DeliveryLocation?
cac:DeliveryLocation cbc:ID? cac:Address?
cac:PaymentMeans cbc:PaymentMeansCode cbc:PaymentDueDate? cbc:PaymentID* cac:PayeeFinancialAccount?
cac:PayeeFinancialAccount cbc:ID? cbc:Name? cac:FinancialInstitutionBranch?
cac:FinancialInstitutionBranch cbc:ID?
cac:PaymentTerms cbc:Note*
cac:AllowanceCharge cbc:ChargeIndicator cbc:AllowanceChargeReasonCode? cbc:AllowanceChargeReason* cbc:MultiplierFactorNumeric? cbc:Amount cbc:BaseAmount? cac:TaxCategory*
cac:TaxCategory cbc:ID? cbc:Percent? cbc:TaxExemptionReasonCode? cbc:TaxExemptionReason* cac:TaxScheme
cac:ClassifiedTaxCategory cbc:ID? cbc:Percent? cac:TaxScheme
cac:TaxTotal cbc:TaxAmount cac:TaxSubtotal*
cac:TaxSubtotal cbc:TaxableAmount? cbc:TaxAmount cac:TaxCategory
cac:LegalMonetaryTotal cbc:LineExtensionAmount? cbc:TaxExclusiveAmount? cbc:TaxInclusiveAmount? cbc:AllowanceTotalAmount? cbc:ChargeTotalAmount? cbc:PrepaidAmount? cbc:PayableRoundingAmount? cbc:PayableAmount
cac:InvoiceLine cbc:ID cbc:Note* cbc:InvoicedQuantity? cbc:LineExtensionAmount cac:InvoicePeriod* cac:AllowanceCharge* cac:Item cac:Price?
cac:CreditNoteLine cbc:ID cbc:Note* cbc:CreditedQuantity? cbc:LineExtensionAmount? cac:InvoicePeriod* cac:AllowanceCharge* cac:Item? cac:Price?
cac:Item cbc:Description* cbc:Name? cac:SellersItemIdentification? cac:ClassifiedTaxCategory* cac:AdditionalItemProperty*
cac:SellersItemIdentification cbc:ID
cac:AdditionalItemProperty cbc:Name cbc:Value?
cac:Price cbc:PriceAmount cbc:BaseQuantity?
)";

constexpr std::string_view kCii = R"(
rsm:CrossIndustryInvoice rsm:ExchangedDocumentContext rsm:ExchangedDocument rsm:SupplyChainTradeTransaction
rsm:ExchangedDocumentContext ram:BusinessProcessSpecifiedDocumentContextParameter* ram:GuidelineSpecifiedDocumentContextParameter+
ram:BusinessProcessSpecifiedDocumentContextParameter ram:ID
ram:GuidelineSpecifiedDocumentContextParameter ram:ID
rsm:ExchangedDocument ram:ID ram:TypeCode ram:IssueDateTime ram:IncludedNote*
ram:IssueDateTime udt:DateTimeString
ram:IncludedNote ram:Content
rsm:SupplyChainTradeTransaction ram:IncludedSupplyChainTradeLineItem+ ram:ApplicableHeaderTradeAgreement ram:ApplicableHeaderTradeDelivery ram:ApplicableHeaderTradeSettlement
ram:IncludedSupplyChainTradeLineItem ram:AssociatedDocumentLineDocument ram:SpecifiedTradeProduct? ram:SpecifiedLineTradeAgreement? ram:SpecifiedLineTradeDelivery? ram:SpecifiedLineTradeSettlement
ram:AssociatedDocumentLineDocument ram:LineID ram:IncludedNote*
ram:SpecifiedTradeProduct ram:GlobalID? ram:SellerAssignedID? ram:BuyerAssignedID? ram:Name? ram:Description? ram:ApplicableProductCharacteristic*
ram:ApplicableProductCharacteristic ram:Description ram:Value?
ram:SpecifiedLineTradeAgreement ram:GrossPriceProductTradePrice? ram:NetPriceProductTradePrice?
ram:NetPriceProductTradePrice ram:ChargeAmount ram:BasisQuantity?
ram:SpecifiedLineTradeDelivery ram:BilledQuantity?
ram:SpecifiedLineTradeSettlement ram:ApplicableTradeTax* ram:BillingSpecifiedPeriod? ram:SpecifiedTradeAllowanceCharge* ram:SpecifiedTradeSettlementLineMonetarySummation
ram:SpecifiedTradeSettlementLineMonetarySummation ram:LineTotalAmount
ram:ApplicableHeaderTradeAgreement ram:BuyerReference? ram:SellerTradeParty ram:BuyerTradeParty ram:BuyerOrderReferencedDocument?
ram:BuyerOrderReferencedDocument ram:IssuerAssignedID?
ram:SellerTradeParty ram:ID* ram:GlobalID* ram:Name? ram:SpecifiedLegalOrganization? ram:DefinedTradeContact* ram:PostalTradeAddress? ram:URIUniversalCommunication* ram:SpecifiedTaxRegistration*
ram:BuyerTradeParty ram:ID* ram:GlobalID* ram:Name? ram:SpecifiedLegalOrganization? ram:DefinedTradeContact* ram:PostalTradeAddress? ram:URIUniversalCommunication* ram:SpecifiedTaxRegistration*
ram:ShipToTradeParty ram:ID* ram:Name? ram:PostalTradeAddress?
ram:SpecifiedLegalOrganization ram:ID? ram:TradingBusinessName?
ram:DefinedTradeContact ram:PersonName? ram:DepartmentName? ram:TelephoneUniversalCommunication? ram:EmailURIUniversalCommunication?
ram:TelephoneUniversalCommunication ram:CompleteNumber
ram:EmailURIUniversalCommunication ram:URIID
ram:URIUniversalCommunication ram:URIID
ram:PostalTradeAddress ram:PostcodeCode? ram:LineOne? ram:LineTwo? ram:LineThree? ram:CityName? ram:CountryID? ram:CountrySubDivisionName?
ram:SpecifiedTaxRegistration ram:ID
ram:ApplicableHeaderTradeDelivery ram:ShipToTradeParty? ram:ActualDeliverySupplyChainEvent?
ram:ActualDeliverySupplyChainEvent ram:OccurrenceDateTime
ram:OccurrenceDateTime udt:DateTimeString
ram:ApplicableHeaderTradeSettlement ram:CreditorReferenceID? ram:PaymentReference? ram:TaxCurrencyCode? ram:InvoiceCurrencyCode ram:SpecifiedTradeSettlementPaymentMeans* ram:ApplicableTradeTax* ram:BillingSpecifiedPeriod? ram:SpecifiedTradeAllowanceCharge* ram:SpecifiedTradePaymentTerms* ram:SpecifiedTradeSettlementHeaderMonetarySummation ram:InvoiceReferencedDocument*
ram:SpecifiedTradeSettlementPaymentMeans ram:TypeCode? ram:Information? ram:PayeePartyCreditorFinancialAccount? ram:PayeeSpecifiedCreditorFinancialInstitution?
ram:PayeePartyCreditorFinancialAccount ram:IBANID? ram:AccountName? ram:ProprietaryID?
ram:PayeeSpecifiedCreditorFinancialInstitution ram:BICID?
ram:ApplicableTradeTax ram:CalculatedAmount? ram:TypeCode ram:ExemptionReason? ram:BasisAmount? ram:CategoryCode ram:ExemptionReasonCode? ram:TaxPointDate? ram:DueDateTypeCode? ram:RateApplicablePercent?
ram:TaxPointDate udt:DateString
ram:CategoryTradeTax ram:TypeCode ram:CategoryCode ram:RateApplicablePercent?
ram:BillingSpecifiedPeriod ram:StartDateTime? ram:EndDateTime?
ram:StartDateTime udt:DateTimeString
ram:EndDateTime udt:DateTimeString
ram:SpecifiedTradeAllowanceCharge ram:ChargeIndicator ram:CalculationPercent? ram:BasisAmount? ram:ActualAmount ram:ReasonCode? ram:Reason? ram:CategoryTradeTax*
ram:ChargeIndicator udt:Indicator
ram:SpecifiedTradePaymentTerms ram:Description? ram:DueDateDateTime?
ram:DueDateDateTime udt:DateTimeString
ram:SpecifiedTradeSettlementHeaderMonetarySummation ram:LineTotalAmount ram:ChargeTotalAmount? ram:AllowanceTotalAmount? ram:TaxBasisTotalAmount ram:TaxTotalAmount* ram:RoundingAmount? ram:GrandTotalAmount ram:TotalPrepaidAmount? ram:DuePayableAmount
ram:InvoiceReferencedDocument ram:IssuerAssignedID ram:FormattedIssueDateTime?
ram:FormattedIssueDateTime qdt:DateTimeString
)";

struct Place {
    std::string name;
    bool required;
    bool repeats;
};
using Schema = std::map<std::string, std::vector<Place>, std::less<>>;

Schema SchemaOf(std::string_view table) {
    Schema schema;
    std::istringstream lines{std::string(table)};
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string parent;
        if (!(words >> parent)) continue;
        for (std::string word; words >> word;) {
            const char mark = word.back();
            const bool marked = mark == '?' || mark == '*' || mark == '+';
            if (marked) word.pop_back();
            schema[parent].push_back({word, !marked || mark == '+', mark == '*' || mark == '+'});
        }
    }
    return schema;
}

void Compare(pugi::xml_node node, const Schema& schema, std::vector<std::string>& problems) {
    const auto found = schema.find(std::string_view(node.name()));
    const std::vector<Place> none;
    const std::vector<Place>& places = found == schema.end() ? none : found->second;
    pugi::xml_node child = node.first_child();
    for (const Place& place : places) {
        int count = 0;
        for (; child && place.name == child.name(); child = child.next_sibling()) ++count;
        const std::string where = node.name() + ("/" + place.name);
        if (count == 0 && place.required) problems.push_back(where + " is missing");
        if (count > 1 && !place.repeats) problems.push_back(where + " stands more than once");
    }
    const bool leaf = places.empty() && child.type() == pugi::node_pcdata && !child.next_sibling();
    if (child && !leaf) {
        problems.push_back(std::string(node.name()) + "/" + child.name() + " is out of place");
    }
    for (const pugi::xml_node& each : node.children()) {
        if (each.type() == pugi::node_element) Compare(each, schema, problems);
    }
}

std::vector<std::string> ProblemsOf(const std::string& xml, std::string_view table) {
    pugi::xml_document document;
    Parse(document, xml);
    std::vector<std::string> problems;
    const Schema schema = SchemaOf(table);
    if (schema.count(std::string_view(document.document_element().name())) == 0) {
        problems.emplace_back("an unknown document");
    }
    Compare(document.document_element(), schema, problems);
    return problems;
}

}  // namespace

std::vector<std::string> UblProblems(const std::string& xml) { return ProblemsOf(xml, kUbl); }
std::vector<std::string> CiiProblems(const std::string& xml) { return ProblemsOf(xml, kCii); }

}  // namespace livery::invoices::e_invoice
