#include "domain/line.h"

#include <algorithm>
#include <array>
#include <utility>

#include <livery/check.h>

#include "domain/span_list.h"

namespace livery::invoices {

namespace {

constexpr std::array<std::pair<LineKind, std::string_view>, 8> kNames{
    {{LineKind::kRecurring, "recurring"},
     {LineKind::kOneTime, "one_time"},
     {LineKind::kUsage, "usage"},
     {LineKind::kCharge, "charge"},
     {LineKind::kRepair, "repair"},
     {LineKind::kAdjustment, "adjustment"},
     {LineKind::kCredit, "credit"},
     {LineKind::kChild, "child"}}};

Money Negative(const Money& amount) { return Money(0, amount.currency()) - amount; }

}  // namespace

std::string_view ToString(LineKind kind) {
    for (const auto& [each, name] : kNames) {
        if (each == kind) return name;
    }
    return "";
}

std::optional<LineKind> LineKindFrom(std::string_view text) {
    for (const auto& [kind, name] : kNames) {
        if (name == text) return kind;
    }
    return std::nullopt;
}

Money Line::Tax() const {
    Money sum(0, amount.currency());
    for (const billing::LineTax& tax : taxes) sum = sum + tax.amount;
    return sum;
}

Line Line::Of(LineKind kind, const Money& amount) {
    const Money nothing(0, amount.currency());
    Line line{.amount = amount, .discount = nothing, .net = amount, .taxes = {}};
    line.kind = kind;
    return line;
}

BilledLine BilledLine::Of(const Line& line) {
    BilledLine billed{line, {}, line.Charged(), {}};
    for (const billing::LineTax& tax : line.taxes) billed.tax_left.push_back(tax.amount);
    return billed;
}

void BilledLine::Give(const Line& correction) {
    left = left + correction.amount;
    if (correction.kind == LineKind::kRepair) given_back.push_back(correction.covers);
    for (std::size_t i = 0; i < tax_left.size() && i < correction.taxes.size(); ++i) {
        tax_left[i] = tax_left[i] + correction.taxes[i].amount;
    }
}

Money BilledLine::LeftWithTax() const {
    Money with_tax = left;
    // Where prices include tax it is in what is left already.
    if (line.net == line.Charged())
        for (const Money& tax : tax_left) with_tax = with_tax + tax;
    return with_tax;
}

std::vector<Span> BilledLine::LiveSpans() const {
    std::vector<Span> live{line.covers};
    for (const Span& back : given_back) live = Without(live, back);
    return live;
}

Line CorrectionOf(const BilledLine& billed, LineKind kind, const Money& amount) {
    LIVERY_CHECK(amount.minor_units() >= 0 && amount.minor_units() <= billed.left.minor_units(),
                 "more given back than is left of a line");
    const Line& line = billed.line;
    Line correction = Line::Of(kind, Negative(amount));
    correction.subscription = line.subscription;
    correction.key = line.key;
    correction.corrects = line.id;
    correction.text = line.text;
    correction.plan = line.plan;
    correction.site = line.site;
    correction.child_invoice = line.child_invoice;
    correction.child_account = line.child_account;
    correction.tax_class = line.tax_class;
    correction.period = line.period;
    correction.unit_price = line.unit_price;
    correction.quantity = line.quantity;
    const std::int64_t charged = line.Charged().minor_units();
    const bool all = amount == billed.left;
    for (std::size_t i = 0; i < line.taxes.size(); ++i) {
        billing::LineTax tax = line.taxes[i];
        Money back = billed.tax_left[i];
        if (!all && charged > 0) {
            const Money part = Part(tax.amount, amount.minor_units(), charged);
            back = std::min(part, back, [](const Money& a, const Money& b) {
                return a.minor_units() < b.minor_units();
            });
            tax.base = Part(tax.base, amount.minor_units(), charged);
        }
        tax.base = Negative(tax.base);
        tax.amount = Negative(back);
        correction.taxes.push_back(std::move(tax));
    }
    // A price that includes its tax is given back with it: net is what remains of the amount.
    if (line.net != line.Charged()) correction.net = correction.amount - correction.Tax();
    return correction;
}

}  // namespace livery::invoices
