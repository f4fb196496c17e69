#include "domain/document.h"

#include <algorithm>

namespace livery::invoices {

std::string_view ToString(DocumentKind kind) {
    return kind == DocumentKind::kInvoice ? "invoice" : "credit_note";
}

std::string_view ToString(Status status) {
    switch (status) {
        case Status::kDraft:
            return "draft";
        case Status::kPendingTax:
            return "pending_tax";
        case Status::kOpen:
            return "open";
        case Status::kPartlyPaid:
            return "partly_paid";
        case Status::kPaid:
            return "paid";
        case Status::kVoid:
            return "void";
        case Status::kWrittenOff:
            return "written_off";
    }
    return "";
}

Document Document::Draft(InvoiceId id, AccountId account, Currency currency, CivilTime at) {
    const Money zero(0, currency);
    Document document{.id = id,
                      .account = account,
                      .currency = currency,
                      .corrects = std::nullopt,
                      .lines = {},
                      .report = std::nullopt,
                      .buyer = {},
                      .paid = zero,
                      .refunded = zero,
                      .account_credit = zero,
                      .credited = zero,
                      .written_off = zero,
                      .set_off = {}};
    document.made_at = at;
    return document;
}

Money Document::Net() const {
    Money sum(0, currency);
    for (const Line& line : lines) sum = sum + line.net;
    return sum;
}

Money Document::Tax() const {
    Money sum(0, currency);
    for (const Line& line : lines) sum = sum + line.Tax();
    return sum;
}

Money Document::Total() const { return Net() + Tax(); }

Money Document::Charged() const {
    const Money total = Total();
    return total.minor_units() > 0 ? total - credited : Money(0, currency);
}

Money Document::BalanceOf(const Money& total) const {
    if (!IsFinal() || status == Status::kVoid) return {0, currency};
    return total + account_credit - paid + refunded - written_off;
}

bool Document::Holds(InvoiceLineId line) const {
    return std::any_of(lines.begin(), lines.end(),
                       [&](const Line& each) { return each.id == line; });
}

bool Document::Used(const std::string& coupon, std::optional<SubscriptionId> subscription) const {
    return std::any_of(lines.begin(), lines.end(), [&](const Line& line) {
        const auto& codes = line.coupons;
        return std::find(codes.begin(), codes.end(), coupon) != codes.end() &&
               (!subscription || line.subscription == subscription);
    });
}

bool IsOverdue(DocumentKind kind, Status status, Date due_on, Date today) {
    const bool owed = status == Status::kOpen || status == Status::kPartlyPaid;
    return owed && kind == DocumentKind::kInvoice && due_on < today;
}

bool Document::IsOverdue(Date today) const {
    return invoices::IsOverdue(kind, status, due_on, today);
}

std::string_view NoteState(const Money& refunded, const Money& credited) {
    if (refunded.minor_units() == 0) return "credited";
    return credited.minor_units() == 0 ? "refunded" : "partly_refunded";
}

std::string_view Document::State(Date today) const {
    if (IsFinal() && kind == DocumentKind::kCreditNote) return NoteState(refunded, account_credit);
    return IsOverdue(today) ? "overdue" : ToString(status);
}

std::optional<Span> Document::Period() const {
    std::optional<Span> period;
    for (const Line& line : lines) {
        if (line.covers.IsEmpty()) continue;
        if (!period) period = line.covers;
        period->from = std::min(period->from, line.covers.from);
        period->to = std::max(period->to, line.covers.to);
    }
    return period;
}

std::optional<Money> Document::ReportTotal() const {
    if (!report) return std::nullopt;
    const Decimal total(Total().minor_units(), currency.minor_digits());
    return Product(total, report->rate, {}, report->currency);
}

DocumentKind Document::KindByTotal() const {
    return Total().minor_units() < 0 ? DocumentKind::kCreditNote : DocumentKind::kInvoice;
}

void Document::UpdateStatus() {
    if (!IsFinal() || status == Status::kVoid || status == Status::kWrittenOff) return;
    const std::int64_t balance = Balance().minor_units();
    const bool touched =
        paid.minor_units() != refunded.minor_units() || account_credit.minor_units() < 0;
    if (balance <= 0) {
        status = Status::kPaid;
    } else {
        status = touched ? Status::kPartlyPaid : Status::kOpen;
    }
}

namespace {

void KeepPositive(std::vector<Line*>& lines) {
    std::erase_if(lines, [](const Line* line) { return line->Charged().minor_units() <= 0; });
}

void TakeOff(Line& line, const Money& amount) {
    line.discount = line.discount + amount;
    line.net = line.Charged();
}

}  // namespace

void DiscountBy(std::vector<Line*> lines, const Money& amount) {
    KeepPositive(lines);
    std::vector<std::int64_t> weights;
    Money sum(0, amount.currency());
    for (const Line* line : lines) {
        weights.push_back(line->Charged().minor_units());
        sum = sum + line->Charged();
    }
    const std::vector<Money> parts = Allocate(Least(amount, sum), weights);
    for (std::size_t i = 0; i < lines.size(); ++i) TakeOff(*lines[i], parts[i]);
}

void DiscountBy(std::vector<Line*> lines, const Decimal& percent) {
    KeepPositive(lines);
    for (Line* line : lines) {
        const Money off = Percent(line->Charged(), percent);
        TakeOff(*line, off.minor_units() > line->Charged().minor_units() ? line->Charged() : off);
    }
}

}  // namespace livery::invoices
