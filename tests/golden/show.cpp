#include "show.h"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "time/zones.h"

namespace livery::golden {

using invoices::Document;
using invoices::DocumentKind;
using invoices::Line;
using subscriptions::Agreement;

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
        value.Put("amount", tax.amount.ToDecimal()).Put("note", tax.note);
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

Value ShowAccount(const World& world, const AccountSetup& account) {
    Value balance = Value::Map();
    Value credit = Value::Map();
    balance.only = credit.only = true;
    std::int64_t open = 0;
    std::int64_t count = 0;
    const auto& books = world.store().state().books;
    const auto book = books.find(account.profile.account);
    if (book != books.end()) {
        std::set<Currency> currencies;
        for (const Document& document : book->second.documents()) {
            currencies.insert(document.currency);
            count += document.number.empty() ? 0 : 1;
            open += document.Balance().minor_units() > 0 ? 1 : 0;
        }
        for (const Currency currency : currencies)
            balance.Put(std::string(currency.code()), book->second.BalanceIn(currency).ToDecimal());
        for (const auto& [currency, amount] : book->second.credit())
            credit.Put(std::string(currency.code()), amount.ToDecimal());
    }
    Value value = Value::Map();
    value.Put("balance", std::move(balance)).Put("credit", std::move(credit));
    value.Put("open_invoices", std::to_string(open)).Put("documents", std::to_string(count));
    return value;
}

namespace {

std::string_view NameOf(billing::PhaseKind kind) {
    switch (kind) {
        case billing::PhaseKind::kTrial:
            return "trial";
        case billing::PhaseKind::kDiscount:
            return "discount";
        case billing::PhaseKind::kFixedTerm:
            return "fixed_term";
        case billing::PhaseKind::kEvergreen:
            return "evergreen";
    }
    return "";
}

// Up to when the recurring price was charged without a gap, and what was charged less what was
// given back.
std::pair<std::string, Money> ChargedOf(const World& world, const Agreement& agreement) {
    CivilTime through{};
    Money net(0, agreement.currency);
    const auto& books = world.store().state().books;
    const auto book = books.find(agreement.account);
    if (book != books.end()) {
        for (const invoices::BilledLine& billed : book->second.Billed(agreement.id)) {
            net = net + billed.left;
            if (billed.line.kind != invoices::LineKind::kRecurring ||
                billed.left.minor_units() == 0)
                continue;
            CivilTime to = billed.line.covers.to;
            for (const Span& back : billed.given_back) {
                if (back.to == to) to = back.from;
            }
            through = std::max(through, to);
        }
    }
    return {through == CivilTime{} ? "" : DayText(through), net};
}

}  // namespace

Value ShowSubscription(const World& world, const Agreement& agreement) {
    const subscriptions::AgreementView view(agreement, world.catalog());
    const subscriptions::Choice& choice = view.ChoiceAt(world.now());
    Value value = Value::Map();
    value.Put("state", std::string(ToString(view.StateAt(world.now()))));
    value.Put("plan", choice.plan).Put("quantity", choice.quantity.ToString());
    value.Put("started_at", ToIso(agreement.started_at));
    std::string utc = ToIso(time::ToInstant(agreement.started_at, world.tenant().time_zone));
    value.Put("started_at_utc", utc.substr(0, 19) + "Z");
    value.Put("ends_on", view.EndsAt() ? DayText(*view.EndsAt()) : "");
    value.Put("end_reason", std::string(view.EndReason()));
    const auto [through, net] = ChargedOf(world, agreement);
    value.Put("charged_through", through).Put("net_charged", net.ToDecimal());
    Value phases = Value::List();
    for (const subscriptions::DatedPhase& phase : view.PhasesOf(choice)) {
        Value each = Value::Map();
        each.Put("kind", std::string(NameOf(phase.kind))).Put("from", DayText(phase.from));
        each.Put("to", phase.to ? DayText(*phase.to) : "");
        phases.items.push_back(std::move(each));
    }
    value.Put("phases", std::move(phases));
    Value pending = Value::Map();
    const subscriptions::Choice& last = view.LastChoice();
    if (last.from > world.now()) {
        pending.Put("plan", last.plan).Put("quantity", last.quantity.ToString());
        pending.Put("on", DayText(last.from));
    }
    value.Put("pending", std::move(pending));
    return value;
}

Value ShowOrder(const orders::Order& order) {
    Value value = Value::Map();
    value.Put("name", order.name).Put("status", std::string(ToString(order.status)));
    value.Put("created_by", order.created_by.login).Put("created_by_kind", order.created_by.kind);
    value.Put("order_date", DayText(order.placed_at));
    value.Put("billing_active_date", DayText(order.BillingActiveAt()));
    value.Put("subtotal", order.Subtotal().ToDecimal()).Put("tax", order.tax.ToDecimal());
    value.Put("total", order.Total().ToDecimal());
    Value lines = Value::List();
    for (const orders::OrderLine& line : order.lines) {
        Value each = Value::Map();
        each.Put("product", line.product).Put("plan", line.plan_name);
        each.Put("quantity", line.quantity.ToString()).Put("frequency", line.frequency);
        each.Put("unit_price", line.unit_price.ToString()).Put("amount", line.amount.ToDecimal());
        each.Put("one_time_price", line.once ? line.once->unit_price.ToString() : "");
        each.Put("one_time", line.once ? line.once->amount.ToDecimal() : "");
        each.Put("site", line.site).Put("active", line.activated_at ? "true" : "false");
        lines.items.push_back(std::move(each));
    }
    value.Put("lines", std::move(lines));
    return value;
}

namespace {

// Numbers are counted by year: INV-2026-000001.
struct Numbered {
    std::string series;
    std::int64_t place = 0;
};

Numbered PlaceOf(const std::string& number) {
    const auto dash = number.rfind('-');
    return {number.substr(0, dash), std::stoll(number.substr(dash + 1))};
}

}  // namespace

Value ShowNumbers(const World& world) {
    std::map<std::string, std::set<std::int64_t>> places;  // by series
    std::int64_t invoices = 0;
    std::int64_t drafts = 0;
    std::int64_t repeated = 0;
    for (const auto& [account, book] : world.store().state().books) {
        for (const Document& document : book.documents()) {
            if (document.number.empty()) {
                ++drafts;
            } else if (document.kind == DocumentKind::kInvoice) {
                const Numbered number = PlaceOf(document.number);
                ++(places[number.series].insert(number.place).second ? invoices : repeated);
            }
        }
    }
    std::int64_t gaps = 0;
    std::int64_t last = 0;
    for (const auto& [series, taken] : places) {
        gaps += *taken.rbegin() - static_cast<std::int64_t>(taken.size());
        last = std::max(last, *taken.rbegin());
    }
    Value value = Value::Map();
    value.Put("invoices", std::to_string(invoices)).Put("last", std::to_string(last));
    value.Put("gaps", std::to_string(gaps)).Put("repeated", std::to_string(repeated));
    value.Put("without_number", std::to_string(drafts));
    return value;
}

}  // namespace livery::golden
