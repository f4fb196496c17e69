#include "web/document_text.h"

namespace livery::invoices {

std::string PathOf(InvoiceId id) { return "/invoices/" + id.ToString(); }

std::string StateOf(const Document& document, Date today) {
    return std::string(document.State(today));
}

std::string StateOf(const DocumentRow& row, Date today) {
    if (row.kind == DocumentKind::kCreditNote) {
        const Money refunded = Money(0, row.total.currency()) - row.paid;
        return std::string(NoteState(refunded, row.paid - row.total));
    }
    return row.IsOverdue(today) ? "overdue" : std::string(ToString(row.status));
}

std::string StateText(const std::string& state, const Formatter& t) {
    return t.Text("state." + state);
}

std::string SpanText(const Span& span, const Formatter& t) {
    if (span.IsEmpty()) return "";
    return t.Days(DayOf(span.from), DayOf(span.to - std::chrono::seconds(1)));
}

bool HasPrice(const Line& line) {
    return !line.unit_price.IsZero() || line.amount.minor_units() == 0;
}

std::string ProductText(const Line& line, const Formatter& t) {
    if (!HasPrice(line)) return "—";
    std::string text =
        t.Number(line.quantity) + " × " + t.UnitPrice(line.unit_price, line.amount.currency());
    if (!line.share.IsWhole()) text += " × " + line.share.ToString();
    return text;
}

std::string LineTitle(const Line& line, const Formatter& t) {
    const std::string what = line.plan.empty() ? line.text : line.text + ", " + line.plan;
    switch (line.kind) {
        case LineKind::kRepair:
            return t.Text("line.repair", {{"what", what}});
        case LineKind::kAdjustment:
            return t.Text("line.adjustment", {{"what", what}});
        case LineKind::kCredit:
            return what.empty() ? t.Text("line.credit") : what;
        case LineKind::kUsage:
            return t.Text("line.usage", {{"what", what}});
        case LineKind::kOneTime:
            return t.Text("line.one_time", {{"what", what}});
        case LineKind::kChild:
            return t.Text("line.child", {{"what", what}});
        case LineKind::kRecurring:
        case LineKind::kCharge:
            break;
    }
    return what;
}

bool IsPerUnit(const Decimal& rate, const Money& amount) {
    return rate.IsZero() && amount.minor_units() != 0;
}

std::string TaxText(const TaxTotal& tax, const Formatter& t) {
    if (IsPerUnit(tax.rate, tax.amount)) return tax.name;
    const std::string rate = t.Number(tax.rate);
    const std::string base = t.Amount(tax.base);
    return t.Text("detail.tax_of", {{"tax", tax.name}, {"rate", rate}, {"base", base}});
}

std::string NoEInvoiceText(const Error& why, const Formatter& t) {
    const std::string rule = why.fields.empty() ? "" : why.fields.front().field;
    return t.Text(why.message, {{"rule", rule}});
}

std::string KindText(DocumentKind kind, const Formatter& t) {
    return t.Text(kind == DocumentKind::kInvoice ? "kind.invoice" : "kind.credit_note");
}

}  // namespace livery::invoices
