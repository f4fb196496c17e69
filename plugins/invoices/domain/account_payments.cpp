#include <algorithm>
#include <utility>

#include <livery/check.h>

#include "domain/account_book.h"

// What an account pays, and what is taken back of it.
namespace livery::invoices {

namespace {

Error Refused(std::string reason) { return Conflict("error." + std::move(reason)); }
bool IsPositive(const Money& amount) { return amount.minor_units() > 0; }

void Add(std::vector<SettledPart>& parts, InvoiceId invoice, const Money& amount) {
    for (SettledPart& part : parts) {
        if (part.invoice != invoice) continue;
        part.amount = part.amount + amount;
        return;
    }
    parts.push_back({invoice, amount});
}

}  // namespace

Result<void> AccountBook::CheckPayment(const Payment& payment,
                                       std::optional<InvoiceId> only) const {
    if (!IsPositive(payment.amount)) return InvalidField("amount", "error.amount");
    for (const Payment& other : payments_) {
        if (!payment.reference.empty() && other.reference == payment.reference)
            return Refused("payment_known");
    }
    if (!only) return {};
    const Document* invoice = Find(*only);
    if (invoice == nullptr) return NotFound("error.not_found");
    if (!invoice->IsFinal() || invoice->status == Status::kVoid) return Refused("not_owed");
    if (invoice->currency != payment.amount.currency())
        return InvalidField("amount", "error.currency");
    return {};
}

Money AccountBook::PayPart(Payment& payment, Document& document, const Money& most) {
    const Money part = Least(most, document.Balance());
    if (!IsPositive(part)) return {0, most.currency()};
    document.paid = document.paid + part;
    Add(payment.parts, document.id, part);
    Book(Fact::Kind::kPaid, document, part, payment.at);
    document.UpdateStatus();
    return part;
}

Result<void> AccountBook::Pay(Payment payment, std::optional<InvoiceId> only) {
    LIVERY_TRY(CheckPayment(payment, only));
    const std::vector<SettledPart> chosen = std::exchange(payment.parts, {});
    Money rest = payment.amount;
    const std::vector<Document*> owed = Owed(rest.currency(), only);
    for (const SettledPart& part : chosen) {
        const auto found = std::find_if(owed.begin(), owed.end(), [&](const Document* document) {
            return document->id == part.invoice;
        });
        if (found != owed.end()) rest = rest - PayPart(payment, **found, Least(rest, part.amount));
    }
    for (Document* document : owed) rest = rest - PayPart(payment, *document, rest);
    if (IsPositive(rest)) {
        AddCredit(rest);
        facts_.push_back(Fact::Of(Fact::Kind::kOverpaid, account_, rest, payment.at));
    }
    payments_.push_back(std::move(payment));
    return {};
}

void AccountBook::PaidByParent(InvoiceId invoice, const Money& amount, CivilTime at) {
    Document* document = Find(invoice);
    LIVERY_CHECK(document != nullptr, "a child's invoice that is not there");
    LIVERY_CHECK(amount.minor_units() <= document->Balance().minor_units(), "more than is owed");
    document->paid = document->paid + amount;
    Book(Fact::Kind::kPaidByParent, *document, amount, at);
    document->UpdateStatus();
}

Money AccountBook::RefundableOf(const Document& invoice) const {
    const Money zero(0, invoice.currency);
    // The note that made it void has given back what was paid.
    if (invoice.status == Status::kVoid) return zero;
    Money refundable = zero - invoice.refunded;
    for (const Payment& payment : payments_) {
        for (const SettledPart& part : payment.parts) {
            if (part.invoice == invoice.id) refundable = refundable + part.amount;
        }
    }
    for (const Document& note : documents_) {
        if (note.corrects == invoice.id) refundable = refundable - note.refunded;
    }
    return IsPositive(refundable) ? refundable : zero;
}

Result<void> AccountBook::Refund(InvoiceId invoice, const Money& amount, CivilTime at) {
    Document* document = Find(invoice);
    if (document == nullptr) return NotFound("error.not_found");
    if (document->status == Status::kWrittenOff) return Refused("written_off");
    if (!IsPositive(amount)) return InvalidField("amount", "error.amount");
    if (amount.currency() != document->currency) return InvalidField("amount", "error.currency");
    if (amount.minor_units() > RefundableOf(*document).minor_units())
        return InvalidField("amount", "error.more_than_paid");
    document->refunded = document->refunded + amount;
    Book(Fact::Kind::kRefunded, *document, amount, at);
    document->UpdateStatus();
    return {};
}

Result<TakenBack> AccountBook::PlanTakingBack(const Payment& payment, const Money& amount) const {
    Money rest = amount;
    TakenBack back{{}, {}, Money(0, amount.currency())};
    // What it paid last is owed again first.
    for (auto part = payment.parts.rbegin(); part != payment.parts.rend(); ++part) {
        const Document* document = Find(part->invoice);
        if (document == nullptr || document->status == Status::kWrittenOff) continue;
        const Money taken = Least(rest, Least(part->amount, RefundableOf(*document)));
        if (!IsPositive(taken)) continue;
        back.owed_again.push_back({document->id, taken});
        rest = rest - taken;
    }
    Money of_credit = payment.amount;
    for (const SettledPart& part : payment.parts) of_credit = of_credit - part.amount;
    of_credit = Least(rest, of_credit);
    back.credit = Least(of_credit, CreditIn(amount.currency()));
    rest = rest - back.credit;
    of_credit = of_credit - back.credit;
    // Credit that it left and that was used since: the latest due that it helped to pay.
    for (auto document = documents_.rbegin(); document != documents_.rend(); ++document) {
        const Money taken = Least(of_credit, CreditUsedFor(*document));
        if (!IsPositive(taken)) continue;
        back.credit_unused.push_back({document->id, taken});
        of_credit = of_credit - taken;
        rest = rest - taken;
    }
    if (IsPositive(rest)) return InvalidField("amount", "error.more_than_paid");
    return back;
}

// Of no note: what a note was set off against stays so.
Money AccountBook::CreditUsedFor(const Document& invoice) const {
    const Money none(0, invoice.currency);
    const bool open = invoice.kind == DocumentKind::kInvoice && invoice.IsFinal() &&
                      invoice.status != Status::kVoid && invoice.status != Status::kWrittenOff;
    if (!open) return none;
    Money used = none - invoice.account_credit;
    for (const Document& note : documents_) {
        for (const SettledPart& part : note.set_off) {
            if (part.invoice == invoice.id) used = used - part.amount;
        }
    }
    return IsPositive(used) ? used : none;
}

Result<TakenBack> AccountBook::TakeBack(const std::string& reference, const Money& amount,
                                        TakenBackBy by, CivilTime at) {
    const auto payment = std::find_if(payments_.begin(), payments_.end(), [&](const Payment& one) {
        return one.reference == reference;
    });
    if (payment == payments_.end() || reference.empty()) return NotFound("error.not_found");
    if (!IsPositive(amount)) return InvalidField("amount", "error.amount");
    if (amount.currency() != payment->amount.currency())
        return InvalidField("amount", "error.currency");
    TakenBack back = LIVERY_TRY(PlanTakingBack(*payment, amount));
    const bool bank = by == TakenBackBy::kBank;
    const auto kind = bank ? Fact::Kind::kChargedBack : Fact::Kind::kRefunded;
    for (const SettledPart& part : back.owed_again) {
        Document& document = *Find(part.invoice);
        document.refunded = document.refunded + part.amount;
        Book(kind, document, part.amount, at);
        document.UpdateStatus();
    }
    for (const SettledPart& part : back.credit_unused) {
        Document& document = *Find(part.invoice);
        document.account_credit = document.account_credit + part.amount;
        Book(kind, document, part.amount, at);
        document.UpdateStatus();
    }
    if (IsPositive(back.credit)) {
        AddCredit(Money(0, amount.currency()) - back.credit);
        facts_.push_back(
            Fact::Of(bank ? Fact::Kind::kCreditChargedBack : Fact::Kind::kCreditRefunded, account_,
                     back.credit, at));
    }
    return back;
}

}  // namespace livery::invoices
