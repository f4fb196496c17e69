#include "domain/derivation.h"
#include "web/document_text.h"
#include "web/invoice_model.h"

namespace livery::invoices {

namespace {

// One step of the derivation: what is done, why, and what it gives.
void AddStep(ViewModel& model, const std::string& what, const std::string& how,
             const std::string& gives) {
    model.Rows("steps")
        .emplace_back()
        .Set("what", what)
        .Set("how", how)
        .Flag("has_how", !how.empty())
        .Set("gives", gives);
}

std::string PriceHow(const Derivation& why, const Formatter& t) {
    if (!why.price_since) return "";
    const std::int64_t phase = why.phase.value_or(1);
    // A version without a date holds since the plan began.
    if (*why.price_since == Date{}) return t.Text("why.price_first", {{"phase", phase}});
    const std::string since = t.Day(*why.price_since);
    return t.Text("why.price_version", {{"date", since}, {"phase", phase}});
}

void ShowProduct(const Derivation& why, const Formatter& t, ViewModel& model) {
    const Currency currency = why.amount.currency();
    AddStep(model, t.Text("why.price"), PriceHow(why, t), t.UnitPrice(why.unit_price, currency));
    AddStep(model, t.Text("why.quantity"), "", "× " + t.Number(why.quantity));
    if (!why.covers.IsEmpty()) {
        const std::string covers = SpanText(why.covers, t);
        const std::string period = SpanText(why.period, t);
        AddStep(model, t.Text("why.share"),
                t.Text(why.share.IsWhole() ? "why.whole_period" : "why.part_of_period",
                       {{"covers", covers}, {"period", period}}),
                "× " + (why.share.IsWhole() ? t.Number(1) : why.share.ToString()));
    }
    const auto product = Decimal::Parse(why.product);
    const std::string exact = t.Number(product.value_or(Decimal()));
    const bool rounded = !product || MoneyFrom(*product, currency) != why.amount;
    AddStep(model, t.Text("why.amount"),
            rounded ? t.Text("why.rounded", {{"exact", exact}}) : t.Text("why.exact"),
            t.Amount(why.amount));
}

void ShowTaxSteps(const Derivation& why, const Formatter& t, ViewModel& model) {
    if (why.taxes.empty()) {
        AddStep(model, t.Text("why.taxes"), t.Text("why.no_tax"),
                t.Amount(Money(0, why.net.currency())));
    }
    for (const billing::LineTax& tax : why.taxes) {
        const std::string base = t.Amount(tax.base);
        const std::string rate = t.Number(tax.rate);
        std::string how = IsPerUnit(tax.rate, tax.amount)
                              ? t.Text("why.tax_per_unit")
                              : t.Text(why.tax_included ? "why.tax_within" : "why.tax_on",
                                       {{"rate", rate}, {"base", base}});
        if (!tax.note.empty()) how += " " + tax.note;
        AddStep(model, tax.name + " (" + tax.code + ")", how, t.Amount(tax.amount));
    }
}

}  // namespace

void ShowWhy(const Line& line, const Formatter& t, ViewModel& model) {
    const Derivation why = DerivationOf(line);
    const std::string covers = SpanText(line.covers, t);
    model.Set("title", LineTitle(line, t))
        .Set("covers", covers)
        .Flag("has_covers", !covers.empty())
        .Set("total", t.Amount(why.total));
    if (!why.product.empty()) {
        ShowProduct(why, t, model);
    } else {
        AddStep(model, t.Text("why.amount"),
                t.Text(why.corrects ? "why.given_back" : "why.granted"), t.Amount(why.amount));
    }
    if (why.discount.minor_units() != 0)
        AddStep(model, t.Text("why.discount"), t.Text("why.discount_how"),
                t.Amount(Money(0, why.discount.currency()) - why.discount));
    if (why.tax_included)
        AddStep(model, t.Text("why.net"), t.Text("why.net_how"), t.Amount(why.net));
    ShowTaxSteps(why, t, model);
}

}  // namespace livery::invoices
