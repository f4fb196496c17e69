#include "domain/e_invoice/rules.h"

#include "domain/e_invoice/rule_report.h"

namespace livery::invoices::e_invoice {

namespace {

bool HasVatPrefix(std::string_view id) {
    const auto letter = [](char c) { return c >= 'A' && c <= 'Z'; };
    return id.empty() || (id.size() > 2 && letter(id[0]) && letter(id[1]));
}

bool IsInOrder(const Span& period) {
    return !period.from || !period.to || *period.from <= *period.to;
}

void CheckParties(const EInvoice& invoice, RuleReport& report) {
    const Party& seller = invoice.seller;
    const Party& buyer = invoice.buyer;
    report.Require(!IsBlank(seller.name), "BR-06", "the seller has a name (BT-27)");
    report.Require(!IsBlank(buyer.name), "BR-07", "the buyer has a name (BT-44)");
    report.Require(seller.address.has_value(), "BR-08", "the seller has an address (BG-5)");
    report.Require(!seller.address || !IsBlank(seller.address->country), "BR-09",
                   "the seller's address has a country (BT-40)");
    report.Require(buyer.address.has_value(), "BR-10", "the buyer has an address (BG-8)");
    report.Require(!buyer.address || !IsBlank(buyer.address->country), "BR-11",
                   "the buyer's address has a country (BT-55)");
    report.Require(
        seller.electronic_address.value.empty() || !IsBlank(seller.electronic_address.scheme),
        "BR-62", "the seller's electronic address (BT-34) has a scheme");
    report.Require(
        buyer.electronic_address.value.empty() || !IsBlank(buyer.electronic_address.scheme),
        "BR-63", "the buyer's electronic address (BT-49) has a scheme");
    report.Require(HasVatPrefix(seller.vat_id) && HasVatPrefix(buyer.vat_id), "BR-CO-09",
                   "a VAT identifier (BT-31, BT-48) begins with its country");
    report.Require(
        !IsBlank(seller.id.value) || !IsBlank(seller.legal_id.value) || !IsBlank(seller.vat_id),
        "BR-CO-26",
        "the seller has an identifier (BT-29), a legal one (BT-30) or a VAT one (BT-31)");
}

void CheckPayment(const EInvoice& invoice, RuleReport& report) {
    if (!invoice.payment) return;
    const PaymentMeans& payment = *invoice.payment;
    const bool transfer = payment.type_code == "30" || payment.type_code == "58";
    report.Require(!IsBlank(payment.type_code), "BR-49", "payment means have a type code (BT-81)");
    report.Require(
        (payment.account_name.empty() && payment.bic.empty()) || !payment.account.empty(), "BR-50",
        "a credit transfer (BG-17) names its account (BT-84)");
    report.Require(!transfer || !IsBlank(payment.account), "BR-61",
                   "a credit transfer (BT-81 of 30 or 58) names its account (BT-84)");
}

}  // namespace

bool IsBlank(std::string_view text) {
    return text.find_first_not_of(" \t\n\r") == std::string_view::npos;
}

void CheckDocument(const EInvoice& invoice, RuleReport& report) {
    report.Require(!IsBlank(invoice.specification), "BR-01", "there is a specification (BT-24)");
    report.Require(!IsBlank(invoice.number), "BR-02", "there is an invoice number (BT-1)");
    report.Require(invoice.issue_date.has_value(), "BR-03", "there is an issue date (BT-2)");
    report.Require(invoice.type.has_value(), "BR-04", "there is a type code (BT-3)");
    report.Require(invoice.currency.has_value(), "BR-05", "there is a currency (BT-5)");
    CheckParties(invoice, report);
    report.Require(invoice.totals.lines.has_value(), "BR-12", "there is a sum of lines (BT-106)");
    report.Require(invoice.totals.without_vat.has_value(), "BR-13",
                   "there is a total without VAT (BT-109)");
    report.Require(invoice.totals.with_vat.has_value(), "BR-14",
                   "there is a total with VAT (BT-112)");
    report.Require(invoice.totals.due.has_value(), "BR-15", "there is an amount due (BT-115)");
    report.Require(!invoice.lines.empty(), "BR-16", "there is a line (BG-25)");
    report.Require(IsInOrder(invoice.period), "BR-29",
                   "the period ends (BT-74) not before it starts");
    CheckPayment(invoice, report);
    for (std::size_t i = 0; i < invoice.preceding.size(); ++i) {
        report.Require(!IsBlank(invoice.preceding[i].number), "BR-55",
                       "a preceding invoice (BG-3) has its number (BT-25)",
                       At("preceding invoice", i));
    }
    report.Require(!invoice.tax_point_date || !invoice.tax_point, "BR-CO-03",
                   "the tax point is a date (BT-7) or a code (BT-8), not both");
    report.Require(!invoice.vat.empty(), "BR-CO-18", "there is a VAT breakdown (BG-23)");
    const bool to_pay = invoice.totals.due && invoice.totals.due->minor_units() > 0;
    report.Require(!to_pay || invoice.due_date || !IsBlank(invoice.payment_terms), "BR-CO-25",
                   "what is to be paid has a due date (BT-9) or payment terms (BT-20)");
}

void CheckLines(const EInvoice& invoice, RuleReport& report) {
    for (std::size_t i = 0; i < invoice.lines.size(); ++i) {
        const Line& line = invoice.lines[i];
        const std::string where = At("line", i);
        report.Require(!IsBlank(line.id), "BR-21", "a line has an identifier (BT-126)", where);
        report.Require(line.quantity.has_value(), "BR-22", "a line has a quantity (BT-129)", where);
        report.Require(!IsBlank(line.unit), "BR-23", "a line has a unit (BT-130)", where);
        report.Require(line.net.has_value(), "BR-24", "a line has a net amount (BT-131)", where);
        report.Require(!IsBlank(line.name), "BR-25", "a line has an item name (BT-153)", where);
        report.Require(line.net_price.has_value(), "BR-26", "a line has a net price (BT-146)",
                       where);
        report.Require(!line.net_price || !line.net_price->IsNegative(), "BR-27",
                       "a net price (BT-146) is not negative", where);
        report.Require(IsInOrder(line.period), "BR-30",
                       "a line's period ends (BT-135) not before it starts", where);
        report.Require(line.vat.category.has_value(), "BR-CO-04",
                       "a line has a VAT category (BT-151)", where);
        for (const ItemAttribute& attribute : line.attributes) {
            report.Require(!IsBlank(attribute.name) && !IsBlank(attribute.value), "BR-54",
                           "an attribute has a name (BT-160) and a value (BT-161)", where);
        }
    }
}

std::vector<RuleViolation> Check(const EInvoice& invoice) {
    RuleReport report;
    CheckDocument(invoice, report);
    CheckLines(invoice, report);
    CheckAdjustments(invoice, report);
    CheckDecimals(invoice, report);
    if (invoice.currency) {
        const bool one = HasOneCurrency(invoice);
        report.Require(one, "LIVERY-01", "every amount is in the invoice's currency (BT-5)");
        if (one) {
            CheckTotals(invoice, report);
            CheckVat(invoice, report);
        }
    }
    return report.Take();
}

}  // namespace livery::invoices::e_invoice
