#include "app/receivables.h"

namespace livery::invoices {

namespace {

Error Refused(std::string reason) { return Conflict("error." + std::move(reason)); }

// A line of a child's invoice is lowered with that invoice: done to the parent's alone, the child
// would go on owing what nobody asks for any more, and its taxes would stay.
Result<void> CheckNotOfChildren(const Document& document) {
    if (GathersChildren(document)) return Refused("of_children");
    return {};
}

Result<InvoiceId> CreditIn(AccountWork& work, const Receivables::Note& wanted) {
    const Document* invoice = work.book().Find(wanted.invoice);
    if (invoice == nullptr) return NotFound("error.not_found");
    LIVERY_TRY(CheckNotOfChildren(*invoice));
    Document note = LIVERY_TRY(
        work.book().NoteOnAll(wanted.invoice, work.NewDraft(invoice->currency).id, work.now()));
    if (wanted.amount) LIVERY_TRY(work.book().LimitNote(note, *wanted.amount));
    return work.IssueNote(std::move(note), wanted.refund);
}

Result<void> RefundIn(AccountWork& work, const Receivables::PlannedRefund& planned) {
    if (planned.noted) {
        LIVERY_TRY(CreditIn(work, {*planned.noted, planned.amount, planned.amount}));
        return {};
    }
    LIVERY_TRY(
        work.book().TakeBack(planned.reference, planned.amount, TakenBackBy::kUs, work.now()));
    return {};
}

}  // namespace

Result<InvoiceId> Receivables::GrantCredit(db::Transaction& tx, AccountId account,
                                           const Money& amount, const std::string& text,
                                           CivilTime now) {
    if (amount.minor_units() <= 0) return InvalidField("amount", "error.amount");
    AccountWork work = LIVERY_TRY(AccountWork::Open(ports_, tx, account, now));
    Document note = work.NewDraft(amount.currency());
    Line line = Line::Of(LineKind::kCredit, Money(0, amount.currency()) - amount);
    line.id = work.NewLineId();
    line.text = text;
    note.lines.push_back(std::move(line));
    const InvoiceId id = LIVERY_TRY(work.Add(std::move(note)));
    work.Finalize(id);
    work.Close();
    return id;
}

Result<InvoiceId> Receivables::AdjustLine(db::Transaction& tx, AccountId account,
                                          const Adjustment& adjustment, CivilTime now) {
    AccountWork work = LIVERY_TRY(AccountWork::Open(ports_, tx, account, now));
    for (const Document& document : work.book().documents()) {
        if (document.Holds(adjustment.line)) LIVERY_TRY(CheckNotOfChildren(document));
    }
    Document note = LIVERY_TRY(work.book().NoteOn(
        adjustment.line, adjustment.amount, work.NewDraft(adjustment.amount.currency()).id, now));
    const InvoiceId id = LIVERY_TRY(work.IssueNote(std::move(note), adjustment.refund));
    work.Close();
    return id;
}

Result<InvoiceId> Receivables::CreditLine(db::Transaction& tx, AccountId account,
                                          InvoiceLineId line, const Money& with_tax,
                                          CivilTime now) {
    AccountWork work = LIVERY_TRY(AccountWork::Open(ports_, tx, account, now));
    for (const Document& document : work.book().documents()) {
        if (!document.Holds(line)) continue;
        LIVERY_TRY(CheckNotOfChildren(document));
        if (document.status == Status::kVoid || document.status == Status::kWrittenOff)
            return Refused("line_credited");
    }
    for (const BilledLine& billed : work.book().Billed(std::nullopt)) {
        if (billed.line.id != line) continue;
        const Money amount = Least(with_tax, billed.LeftWithTax());
        if (amount.minor_units() <= 0) break;
        Document note = LIVERY_TRY(
            work.book().NoteOn(line, billed.left, work.NewDraft(billed.left.currency()).id, now));
        LIVERY_TRY(work.book().LimitNote(note, amount));
        const InvoiceId id = LIVERY_TRY(work.IssueNote(std::move(note), std::nullopt));
        work.Close();
        return id;
    }
    return Refused("line_credited");
}

Result<InvoiceId> Receivables::CreditInvoice(db::Transaction& tx, AccountId account,
                                             const Note& wanted, CivilTime now) {
    AccountWork work = LIVERY_TRY(AccountWork::Open(ports_, tx, account, now));
    const InvoiceId id = LIVERY_TRY(CreditIn(work, wanted));
    work.Close();
    return id;
}

Result<InvoiceId> Receivables::VoidInvoice(db::Transaction& tx, AccountId account,
                                           InvoiceId invoice, CivilTime now) {
    AccountWork work = LIVERY_TRY(AccountWork::Open(ports_, tx, account, now));
    const Document* document = work.book().Find(invoice);
    if (document == nullptr) return NotFound("error.not_found");
    if (document->status == Status::kVoid) return Refused("already_void");
    LIVERY_TRY(CheckNotOfChildren(*document));
    InvoiceId id = invoice;
    if (document->IsFinal()) {
        Document note =
            LIVERY_TRY(work.book().NoteOnAll(invoice, work.NewDraft(document->currency).id, now));
        LIVERY_TRY(work.book().CheckVoid(note));
        const Money paid = work.book().RefundableOf(*document);
        // The note settles what is owed first, money that was refunded before say.
        const Money over = Money(0, note.currency) - note.Total() - document->Balance();
        id = LIVERY_TRY(work.IssueNote(std::move(note), Least(paid, over)));
    }
    LIVERY_TRY(work.book().Void(invoice));
    work.Close();
    return id;
}

Result<void> Receivables::DiscardDraft(db::Transaction& tx, AccountId account, InvoiceId draft,
                                       CivilTime now) {
    AccountWork work = LIVERY_TRY(AccountWork::Open(ports_, tx, account, now));
    const Document* document = work.book().Find(draft);
    if (document == nullptr) return NotFound("error.not_found");
    // Asked once more: somebody may have made it final since the caller looked.
    if (document->status != Status::kDraft) return Refused("not_a_draft");
    LIVERY_TRY(CheckNotOfChildren(*document));
    LIVERY_TRY(work.book().Void(draft));
    work.Close();
    return {};
}

Result<void> Receivables::WriteOff(db::Transaction& tx, AccountId account, InvoiceId invoice,
                                   CivilTime now) {
    AccountWork work = LIVERY_TRY(AccountWork::Open(ports_, tx, account, now));
    const Document* document = work.book().Find(invoice);
    if (document != nullptr) LIVERY_TRY(CheckNotOfChildren(*document));
    LIVERY_TRY(work.book().WriteOff(invoice, now));
    work.Close();
    return {};
}

Result<void> Receivables::Pay(db::Transaction& tx, AccountId account, Payment payment,
                              std::optional<InvoiceId> only) {
    LIVERY_TRY(Record(tx, account, std::move(payment), only));
    return {};
}

Result<Payment> Receivables::Record(db::Transaction& tx, AccountId account, Payment payment,
                                    std::optional<InvoiceId> only) {
    AccountWork work = LIVERY_TRY(AccountWork::Open(ports_, tx, account, payment.at));
    LIVERY_TRY(work.book().Pay(std::move(payment), only));
    Payment recorded = work.book().payments().back();
    work.Close();
    return recorded;
}

Result<TakenBack> Receivables::TakeBack(db::Transaction& tx, AccountId account,
                                        const Reversed& reversed, CivilTime now) {
    AccountWork work = LIVERY_TRY(AccountWork::Open(ports_, tx, account, now));
    TakenBack back =
        LIVERY_TRY(work.book().TakeBack(reversed.reference, reversed.amount, reversed.by, now));
    work.Close();
    return back;
}

Result<void> Receivables::CheckRefund(db::Transaction& tx, AccountId account,
                                      const PlannedRefund& wanted,
                                      const std::vector<PlannedRefund>& before, CivilTime now) {
    AccountWork work = LIVERY_TRY(AccountWork::Open(ports_, tx, account, now));
    for (const PlannedRefund& one : before) (void)RefundIn(work, one);
    return RefundIn(work, wanted);
}

Result<void> Receivables::Refund(db::Transaction& tx, AccountId account, const Repayment& repayment,
                                 CivilTime now) {
    AccountWork work = LIVERY_TRY(AccountWork::Open(ports_, tx, account, now));
    LIVERY_TRY(work.book().Refund(repayment.invoice, repayment.amount, now));
    work.Close();
    return {};
}

Result<void> Receivables::CreditToParent(db::Transaction& tx, AccountId child, CivilTime now) {
    AccountWork work = LIVERY_TRY(AccountWork::Open(ports_, tx, child, now));
    if (!work.profile().paid_by) return Refused("no_parent");
    AccountWork parent = LIVERY_TRY(AccountWork::Open(ports_, tx, *work.profile().paid_by, now));
    const std::map<Currency, Money> credit = work.book().credit();
    bool moved = false;
    for (const auto& [currency, amount] : credit) {
        const Money taken = work.book().TakeCredit(currency, now, *work.profile().paid_by);
        moved = moved || taken.minor_units() > 0;
        parent.book().ReceiveCredit(taken, now);
    }
    if (!moved) return Refused("no_credit");
    work.Close();
    parent.Close();
    return {};
}

}  // namespace livery::invoices
