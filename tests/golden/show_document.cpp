#include <algorithm>

#include "show.h"

namespace livery::golden {

using invoices::Document;
using invoices::DocumentKind;
using invoices::Line;

namespace {

std::string DayText(CivilTime time) { return ToIso(DayOf(time)); }

Money Positive(const Money& amount) {
    return amount.minor_units() < 0 ? Money(0, amount.currency()) - amount : amount;
}

Value ShowTaxes(const std::vector<billing::LineTax>& taxes) {
    Value list = Value::List(false);
    for (const billing::LineTax& tax : taxes) {
        Value value = Value::Map();
        value.Put("code", tax.code).Put("name", tax.name).Put("category", tax.category);
        value.Put("rate", tax.rate.ToString()).Put("base", tax.base.ToDecimal());
        value.Put("amount", tax.amount.ToDecimal()).Put("tax", tax.amount.ToDecimal());
        value.Put("note", tax.note);
        list.items.push_back(std::move(value));
    }
    return list;
}

Value ShowLine(const Line& line) {
    const bool timed = line.covers.from != CivilTime{} || line.covers.to != CivilTime{};
    Value value = Value::Map();
    value.Put("kind", std::string(ToString(line.kind))).Put("text", line.text);
    value.Put("plan", line.key ? line.key->plan : "").Put("site", line.site);
    value.Put("from", timed ? ToIso(line.covers.from) : "");
    value.Put("to", timed ? ToIso(line.covers.to) : "");
    value.Put("period_from", timed ? ToIso(line.period.from) : "");
    value.Put("period_to", timed ? ToIso(line.period.to) : "");
    value.Put("unit_price", line.unit_price.ToString());
    value.Put("quantity", line.quantity.ToString()).Put("share", line.share.ToString());
    value.Put("amount", line.amount.ToDecimal()).Put("discount", line.discount.ToDecimal());
    value.Put("net", line.net.ToDecimal()).Put("tax", line.Tax().ToDecimal());
    value.Put("total", line.Total().ToDecimal()).Put("taxes", ShowTaxes(line.taxes));
    return value;
}

// The taxes of a document by their codes and rates, as a summary prints them.
std::vector<billing::LineTax> TaxesOf(const Document& document) {
    std::vector<billing::LineTax> sums;
    for (const Line& line : document.lines) {
        for (const billing::LineTax& tax : line.taxes) {
            const auto same = std::find_if(sums.begin(), sums.end(), [&](const auto& sum) {
                return sum.code == tax.code && sum.rate == tax.rate && sum.category == tax.category;
            });
            if (same == sums.end()) {
                sums.push_back(tax);
            } else {
                same->base = same->base + tax.base;
                same->amount = same->amount + tax.amount;
            }
        }
    }
    return sums;
}

// Tax as a percentage of net, to two decimals.
std::string EffectiveRate(const Document& document) {
    const std::int64_t net = Positive(document.Net()).minor_units();
    const std::int64_t tax = Positive(document.Tax()).minor_units();
    return net == 0 ? "0" : Ratio{tax * 100, net}.ToDecimal(2);
}

}  // namespace

Value ShowDocument(const World& world, const Document& document) {
    const bool note = document.kind == DocumentKind::kCreditNote;
    const auto amount = [&](const Money& money) {
        return (note ? Positive(money) : money).ToDecimal();
    };
    Value value = Value::Map();
    value.Put("kind", std::string(ToString(document.kind))).Put("number", document.number);
    value.Put("status", std::string(ToString(document.status)));
    const bool overdue = document.IsOverdue(DayOf(world.now()));
    value.Put("overdue", overdue ? "true" : "false");
    value.Put("currency", std::string(document.currency.code()));
    value.Put("issued_on", document.IsFinal() ? DayText(document.issued_at) : "");
    value.Put("due_on", document.IsFinal() ? ToIso(document.due_on) : "");
    const auto period = document.Period();
    value.Put("from", period ? ToIso(period->from) : "");
    value.Put("to", period ? ToIso(period->to) : "");
    const Document* corrected =
        document.corrects ? world.FindDocument(*document.corrects) : nullptr;
    value.Put("corrects", corrected == nullptr ? "" : corrected->number);
    value.Put("net", amount(document.Net())).Put("tax", amount(document.Tax()));
    value.Put("total", amount(document.Total()));
    value.Put("charged", document.Charged().ToDecimal());
    value.Put("account_credit", document.account_credit.ToDecimal());
    value.Put("paid", document.paid.ToDecimal()).Put("refunded", document.refunded.ToDecimal());
    value.Put("credited", document.credited.ToDecimal());
    value.Put("written_off", document.written_off.ToDecimal());
    value.Put("balance", document.Balance().ToDecimal());
    const auto report = document.ReportTotal();
    value.Put("report_total", report ? amount(*report) : "");
    value.Put("effective_rate", EffectiveRate(document));
    value.Put("taxes", ShowTaxes(TaxesOf(document)));
    Value lines = Value::List(false);
    for (const Line& line : document.lines) lines.items.push_back(ShowLine(line));
    value.Put("lines", std::move(lines));
    return value;
}

}  // namespace livery::golden
