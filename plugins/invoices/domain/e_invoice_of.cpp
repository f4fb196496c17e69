#include "domain/e_invoice_of.h"

#include <algorithm>

namespace livery::invoices {

namespace {

using namespace e_invoice;  // NOLINT(google-build-using-namespace): its vocabulary is what this is
                            // about
using OurLine = invoices::Line;

constexpr const char* kOne = "C62";  // UN/ECE Recommendation 20: "one"

std::optional<VatCategory> CategoryOf(const std::string& code) {
    using Pair = std::pair<const char*, VatCategory>;
    for (const auto& [name, category] :
         {Pair{"S", VatCategory::kStandard}, Pair{"Z", VatCategory::kZeroRated},
          Pair{"E", VatCategory::kExempt}, Pair{"AE", VatCategory::kReverseCharge},
          Pair{"K", VatCategory::kIntraCommunity}, Pair{"G", VatCategory::kExport},
          Pair{"O", VatCategory::kOutOfScope}}) {
        if (code == name) return category;
    }
    return std::nullopt;
}

// The one VAT of a line. Without any tax the line is exempt, or out of scope where the seller has
// no VAT id: the standard lets nobody mix that with other lines.
Result<VatRate> VatOf(const OurLine& line, const Seller& seller) {
    if (line.kind == LineKind::kChild) return Conflict("error.e_invoice_child");
    if (line.taxes.size() > 1) return Conflict("error.e_invoice_taxes");
    if (line.taxes.empty()) {
        if (seller.vat_id.empty()) return VatRate{VatCategory::kOutOfScope, std::nullopt};
        return VatRate{VatCategory::kExempt, Decimal(0)};
    }
    const billing::LineTax& tax = line.taxes.front();
    const auto category = CategoryOf(tax.category);
    if (!category || (tax.rate.IsZero() && tax.amount.minor_units() != 0))
        return Conflict("error.e_invoice_tax_kind");
    if (*category == VatCategory::kOutOfScope) return VatRate{*category, std::nullopt};
    return VatRate{*category, *category == VatCategory::kStandard ? tax.rate : Decimal(0)};
}

Decimal PriceOf(const Money& amount) {
    const std::int64_t minor = amount.minor_units();
    return {minor < 0 ? -minor : minor, amount.currency().minor_digits()};
}

e_invoice::Span PeriodOf(const livery::Span& covers) {
    if (covers.IsEmpty()) return {};
    return {DayOf(covers.from), DayOf(covers.to - std::chrono::seconds(1))};
}

// `sign` is −1 on a credit note, whose amounts are positive for what is given back.
e_invoice::Line LineOf(const OurLine& line, const VatRate& vat, std::size_t number, int sign) {
    e_invoice::Line out;
    out.id = std::to_string(number);
    out.unit = kOne;
    out.net = line.net * sign;
    const bool is_product =
        line.share.IsWhole() && line.discount.minor_units() == 0 && sign > 0 &&
        Product(line.unit_price, line.quantity, {}, line.net.currency()) == line.net &&
        !line.unit_price.IsNegative();
    out.quantity = is_product ? line.quantity : Decimal(out.net->minor_units() < 0 ? -1 : 1);
    out.net_price = is_product ? line.unit_price : PriceOf(*out.net);
    out.period = PeriodOf(line.covers);
    out.vat = vat;
    out.name = line.text.empty() ? line.plan : line.text;
    if (out.name.empty()) out.name = "Credit";
    out.description = line.plan;
    if (line.key) out.seller_item_id = line.key->plan;
    return out;
}

void AddToBreakdown(EInvoice& invoice, const OurLine& line, const VatRate& vat, int sign) {
    const Currency currency = line.net.currency();
    const auto found = std::find_if(invoice.vat.begin(), invoice.vat.end(),
                                    [&](const VatSubtotal& group) { return group.vat == vat; });
    VatSubtotal& group = found == invoice.vat.end() ? invoice.vat.emplace_back() : *found;
    if (!group.taxable) {
        group.vat = vat;
        group.taxable = group.tax = Money(0, currency);
        const bool taxed =
            vat.category == VatCategory::kStandard || vat.category == VatCategory::kZeroRated;
        if (!taxed) {
            group.exemption_reason = line.taxes.empty() || line.taxes.front().note.empty()
                                         ? "No VAT is charged"
                                         : line.taxes.front().note;
        }
    }
    group.taxable = *group.taxable + line.net * sign;
    group.tax = *group.tax + line.Tax() * sign;
}

e_invoice::Party SellerParty(const Seller& seller) {
    Party party;
    party.name = seller.name;
    party.legal_id = {seller.legal_id, ""};
    party.vat_id = seller.vat_id;
    party.tax_registration = seller.tax_registration;
    if (!seller.email.empty()) party.electronic_address = {seller.email, "EM"};
    party.address = Address{.line1 = seller.line1,
                            .line2 = seller.line2,
                            .city = seller.city,
                            .postcode = seller.postcode,
                            .subdivision = seller.region,
                            .country = seller.country};
    party.contact.email = seller.email;
    return party;
}

e_invoice::Party BuyerParty(const Buyer& buyer) {
    Party party;
    party.name = buyer.name;
    party.vat_id = buyer.vat_id;
    party.address = Address{.line1 = buyer.line1,
                            .line2 = buyer.line2,
                            .city = buyer.city,
                            .postcode = buyer.postcode,
                            .subdivision = buyer.region,
                            .country = buyer.country};
    return party;
}

void AddHeader(const EInvoiceInput& input, EInvoice& out) {
    const Document& document = input.document;
    const bool note = document.kind == DocumentKind::kCreditNote;
    out.number = document.number;
    out.issue_date = DayOf(document.issued_at);
    out.type = note ? TypeCode::kCreditNote : TypeCode::kInvoice;
    out.currency = document.currency;
    if (!note) out.due_date = document.due_on;
    // An amount without a due date needs its terms (BR-CO-25).
    if (note) out.payment_terms = "Nothing is to be paid: the amount is to the buyer's credit.";
    if (!input.corrects_number.empty())
        out.preceding.push_back({input.corrects_number, input.corrects_on});
    out.seller = SellerParty(input.seller);
    out.buyer = BuyerParty(document.buyer);
    if (const auto period = document.Period()) out.period = PeriodOf(*period);
    out.delivery = {out.period.to ? out.period.to : out.issue_date, document.buyer.country};
    if (!input.seller.iban.empty() && !note) {
        out.payment = PaymentMeans{"30", document.number, input.seller.iban, input.seller.name,
                                   input.seller.bic};
    }
}

}  // namespace

Result<EInvoice> EInvoiceOf(const EInvoiceInput& input) {
    const Document& document = input.document;
    const int sign = document.kind == DocumentKind::kCreditNote ? -1 : 1;
    EInvoice out;
    AddHeader(input, out);
    for (const OurLine& line : document.lines) {
        const VatRate vat = LIVERY_TRY(VatOf(line, input.seller));
        out.lines.push_back(LineOf(line, vat, out.lines.size() + 1, sign));
        AddToBreakdown(out, line, vat, sign);
    }
    out.totals.lines = out.totals.without_vat = document.Net() * sign;
    out.totals.vat = document.Tax() * sign;
    out.totals.with_vat = out.totals.due = document.Total() * sign;
    return out;
}

}  // namespace livery::invoices
