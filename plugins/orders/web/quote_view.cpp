#include "web/quote_view.h"

namespace livery::orders {

namespace {

std::string SpanText(const Span& span, const Formatter& t) {
    return t.Days(DayOf(span.from), DayOf(span.to - std::chrono::seconds(1)));
}

void ShowLine(const ChargedLine& line, const Formatter& t, ViewModel& row) {
    const std::string what = line.plan.empty() ? line.text : line.text + ", " + line.plan;
    std::string product =
        t.Number(line.quantity) + " × " + t.UnitPrice(line.unit_price, line.amount.currency());
    if (!line.share.IsWhole()) product += " × " + line.share.ToString();
    std::string taxes;
    for (const billing::LineTax& tax : line.taxes)
        taxes += (taxes.empty() ? "" : ", ") + tax.name + " " + t.Number(tax.rate) + " %";
    row.Set("title", line.gives_back ? t.Text("quote.gives_back", {{"what", what}}) : what)
        .Set("covers", line.covers.IsEmpty() ? "" : SpanText(line.covers, t))
        .Flag("has_covers", !line.covers.IsEmpty())
        .Set("product", product)
        .Set("discount", t.Amount(Money(0, line.amount.currency()) - line.discount))
        .Flag("has_discount", line.discount.minor_units() != 0)
        .Set("taxes", taxes.empty() ? t.Text("quote.no_tax") : taxes)
        .Set("net", t.Amount(line.net));
}

std::string ReadableOf(const FormField& field, const Formatter& t) {
    for (const FormField::Option& option : field.options) {
        if (option.value == field.value) return option.label;
    }
    const auto date = field.kind == FormField::Kind::kDate ? ParseDate(field.value) : std::nullopt;
    return date ? t.Day(*date, Formatter::DateStyle::kLong) : field.value;
}

void ShowDocument(const ChargedDocument& document, const Formatter& t, ViewModel& row) {
    row.Set("heading", t.Text(document.is_credit_note ? "quote.credit_note" : "quote.invoice"))
        .Flag("taxes_pending", document.number.empty())
        .Set("net", t.Amount(document.net))
        .Set("tax", t.Amount(document.tax))
        .Set("total", t.Amount(document.total))
        .Flag("has_credit_used", !document.is_credit_note && document.balance != document.total)
        .Set("to_pay", t.Amount(document.balance));
    auto& lines = row.Rows("lines", document.lines.size());
    for (const ChargedLine& line : document.lines) ShowLine(line, t, lines.emplace_back());
}

}  // namespace

std::vector<std::pair<std::string, std::string>> ChosenOf(const FormPage& form,
                                                          const Formatter& t) {
    std::vector<std::pair<std::string, std::string>> chosen;
    for (const FormField& field : form.fields) {
        std::string value = ReadableOf(field, t);
        if (!value.empty()) chosen.emplace_back(field.label, std::move(value));
    }
    return chosen;
}

View QuoteView(const RequestContext& r, const Quote& quote, const QuotePage& page) {
    const Formatter& t = r.format();
    View view{"quote", page.title, {}, page.alert.empty() ? 200 : 422, {}};
    const Date on = DayOf(quote.effective_at);
    const std::string day = t.Day(on, Formatter::DateStyle::kLong);
    ViewModel& model = view.model;
    model.Set("quote_title", page.title)
        .Set("what", page.what)
        .Set("action", page.action)
        .Set("confirm", page.confirm)
        .Set("back_href", page.back_href)
        .Set("back_label", page.back_label)
        .Set("token", quote.token.ToString())
        .Set("effective",
             on <= r.today() ? t.Text("quote.now") : t.Text("quote.later", {{"date", day}}))
        .Flag("has_documents", !quote.charged.documents.empty());
    auto& documents = model.Rows("documents", quote.charged.documents.size());
    for (const ChargedDocument& document : quote.charged.documents)
        ShowDocument(document, t, documents.emplace_back());
    auto& chosen = model.Flag("has_chosen", !page.chosen.empty()).Rows("chosen");
    for (const auto& [label, value] : page.chosen)
        chosen.emplace_back().Set("label", label).Set("value", value);
    auto& fields = model.Rows("hidden", page.fields.size());
    for (const auto& [name, value] : page.fields)
        fields.emplace_back().Set("name", name).Set("value", value);
    if (!page.alert.empty()) view.errors.push_back({"confirm", page.alert});
    return view;
}

View RefusedView(FormPage form, const Error& error, const Formatter& t) {
    if (error.code == ErrorCode::kInvalidArgument) {
        ShowErrors(form, error, t);
    } else {
        form.alert = ReasonText(error, t);
    }
    return ToView(form);
}

View RefusedView(const RequestContext& r, FormPage form, const Error& error,
                 const LatePort<InvoicePayment>& paying) {
    const bool owes = error.message == "error.past_due" || error.message == "error.account_blocked";
    const auto page = owes && paying ? paying->PageForAll(r.tenant()) : std::nullopt;
    if (page) form.links.push_back({r.format().Text("pay_due"), *page});
    return RefusedView(std::move(form), error, r.format());
}

std::string ReasonText(const Error& error, const Formatter& t) {
    return t.Text(error.fields.empty() ? error.message : error.fields.front().message);
}

}  // namespace livery::orders
