#include "app/account_work.h"

#include <algorithm>

#include <livery/check.h>

#include "domain/late_taxes.h"

namespace livery::invoices {

namespace {

Buyer BuyerOf(const BillingProfile& profile) {
    return {profile.name, profile.line1,        profile.line2,         profile.place.postcode,
            profile.city, profile.place.region, profile.place.country, profile.vat_id};
}

}  // namespace

bool IsChildDraft(const Document& document) {
    return document.status == Status::kDraft && GathersChildren(document);
}

bool GathersChildren(const Document& document) {
    return std::any_of(document.lines.begin(), document.lines.end(),
                       [](const Line& line) { return line.kind == LineKind::kChild; });
}

AccountWork::AccountWork(const BillingPorts& ports, db::Transaction& tx, BillingProfile profile,
                         CivilTime now)
    : ports_(ports),
      tx_(tx),
      now_(now),
      catalog_(ports.catalogs.Of(tx.tenant())),
      profile_(std::move(profile)),
      book_(ports.books.Load(tx, profile_.account)) {
    for (const Document& document : book_.documents()) {
        if (document.status == Status::kPaid) paid_before_.insert(document.id);
        if (profile_.paid_by && document.Balance().minor_units() > 0)
            owed_before_.emplace(document.id, document.Balance());
    }
}

Result<AccountWork> AccountWork::Open(const BillingPorts& ports, db::Transaction& tx,
                                      AccountId account, CivilTime now) {
    BillingProfile profile = LIVERY_TRY(ports.profiles.Of(tx, account));
    return AccountWork(ports, tx, std::move(profile), now);
}

Document AccountWork::NewDraft(Currency currency) {
    return Document::Draft(InvoiceId(ports_.ids.Next()), profile_.account, currency, now_);
}

InvoiceLineId AccountWork::NewLineId() { return InvoiceLineId(ports_.ids.Next()); }

Result<void> AccountWork::ApplyTaxes(Document& document) {
    billing::TaxQuestion question{document.currency,
                                  DayOf(now_),
                                  profile_.customer_class,
                                  profile_.vat_id,
                                  profile_.vat_id_valid,
                                  profile_.exemptions,
                                  {}};
    std::vector<Line*> asked;
    for (Line& line : document.lines) {
        // Corrections bring the taxes of what they correct, and wait for them with it.
        if (line.corrects && WaitsForTaxes(book_, *line.corrects))
            return Error{ErrorCode::kUnavailable, "error.tax_provider", {}};
        if (line.corrects && document.status == Status::kPendingTax) BringTaxes(book_, line);
        if (line.corrects)
            question.given_back.insert(question.given_back.end(), line.taxes.begin(),
                                       line.taxes.end());
        // Credit and a child's invoice have none.
        if (line.corrects || line.kind == LineKind::kCredit || line.kind == LineKind::kChild)
            continue;
        question.lines.push_back({line.Charged(), profile_.PlaceOf(line.site), line.tax_class,
                                  line.tax_codes, line.quantity, line.share});
        asked.push_back(&line);
    }
    if (asked.empty()) return {};
    const billing::TaxAnswer answer = LIVERY_TRY(ports_.taxes.Calculate(tx_.tenant(), question));
    LIVERY_CHECK(answer.lines.size() == asked.size(), "taxes for other lines than were asked");
    for (std::size_t i = 0; i < asked.size(); ++i) {
        asked[i]->net = answer.lines[i].net;
        asked[i]->taxes = answer.lines[i].taxes;
    }
    return {};
}

Result<InvoiceId> AccountWork::Add(Document draft) {
    const Result<void> taxed = ApplyTaxes(draft);
    if (!taxed && taxed.error().code != ErrorCode::kUnavailable) return taxed.error();
    if (!taxed) draft.status = Status::kPendingTax;
    const InvoiceId id = draft.id;
    book_.documents().push_back(std::move(draft));
    return id;
}

void AccountWork::Finalize(InvoiceId id) {
    // The parent is charged afterwards: it is locked before the counter, for which everybody waits,
    // its own invoices too.
    if (profile_.paid_by) (void)ports_.books.Load(tx_, *profile_.paid_by);
    Document& document = *book_.Find(id);
    document.report = ports_.rates.RateOf(tx_, document.currency);
    document.buyer = BuyerOf(profile_);
    book_.Finalize(id, now_, catalog_->policies.payment_days);
    finalized_.push_back(id);
}

Result<InvoiceId> AccountWork::IssueNote(Document note, const std::optional<Money>& refund) {
    for (Line& line : note.lines) line.id = NewLineId();
    note.buyer = BuyerOf(profile_);
    const CreditSplit split{refund.value_or(Money(0, note.currency))};
    LIVERY_TRY(book_.CheckSplit(note, split));
    // It takes back what was reported, not what the day makes of it (CU-04).
    note.report = book_.Find(*note.corrects)->report;
    return book_.IssueNote(std::move(note), split, now_);
}

void AccountWork::Keep(AccountBook& book) {
    std::vector<billing::JournalEntry> entries;
    for (const Fact& fact : book.TakeFacts()) entries.push_back(EntryOf(fact));
    ports_.books.Save(tx_, book);
    if (!entries.empty()) ports_.ledger.Post(tx_, entries);
    tx_.Touch(SubjectOf(book.account()));
}

void AccountWork::Close() {
    Keep(book_);
    SettleChildren();
    for (const InvoiceId id : finalized_) ChargeParent(*book_.Find(id));
    RelieveParent();
}

// What a child owes is on its parent's draft of the day (HA-01).
void AccountWork::ChargeParent(const Document& invoice) {
    if (!profile_.paid_by || invoice.Balance().minor_units() <= 0) return;
    AccountBook parent = ports_.books.Load(tx_, *profile_.paid_by);
    Document* draft = nullptr;
    for (Document& document : parent.documents()) {
        if (IsChildDraft(document) && document.currency == invoice.currency &&
            DayOf(document.made_at) == DayOf(now_)) {
            draft = &document;
        }
    }
    if (draft == nullptr) {
        parent.documents().push_back(Document::Draft(InvoiceId(ports_.ids.Next()),
                                                     *profile_.paid_by, invoice.currency, now_));
        draft = &parent.documents().back();
    }
    Line line = Line::Of(LineKind::kChild, invoice.Balance());
    line.id = NewLineId();
    line.text = profile_.name;
    line.child_invoice = invoice.id;
    line.child_account = profile_.account;
    draft->lines.push_back(std::move(line));
    Keep(parent);
}

bool AccountWork::RefreshChildDraft(Document& draft) {
    std::vector<Line> lines;
    for (Line& line : draft.lines) {
        // A credit on the draft stays, also where nothing else does: it is the account's.
        if (line.kind != LineKind::kChild) {
            lines.push_back(line);
            continue;
        }
        const AccountBook child = ports_.books.Load(tx_, *line.child_account);
        const Document* invoice = child.Find(*line.child_invoice);
        if (invoice == nullptr || invoice->Balance().minor_units() <= 0) continue;
        line.amount = line.net = invoice->Balance();
        lines.push_back(line);
    }
    draft.lines = std::move(lines);
    if (draft.lines.empty()) draft.status = Status::kVoid;
    return !draft.lines.empty();
}

// What a child no longer owes of an invoice that is on one of its parent's, the parent no longer
// owes either: it was credited, void, written off, or the child paid it. As in Kill Bill, an
// adjustment of the parent's line; what the parent has paid already stays the child's (HA-03).
void AccountWork::RelieveParent() {
    if (!profile_.paid_by) return;
    std::vector<const Document*> lowered;
    for (const auto& [id, before] : owed_before_) {
        const Document& invoice = *book_.Find(id);
        if (invoice.Balance().minor_units() < before.minor_units()) lowered.push_back(&invoice);
    }
    if (lowered.empty()) return;
    auto parent = Open(ports_, tx_, *profile_.paid_by, now_);
    LIVERY_CHECK(parent.has_value(), "a parent that is no account");
    for (const Document* invoice : lowered) parent->RelieveOf(*invoice);
    parent->Close();
}

void AccountWork::RelieveOf(const Document& invoice) {
    for (const BilledLine& billed : book_.Billed(std::nullopt)) {
        if (billed.line.child_invoice != invoice.id) continue;
        const Document* owed = OwedWith(billed.line.id);
        if (owed == nullptr) continue;
        // A credit on the draft may have taken a part: no more than the whole came to.
        const Money less = Least(billed.left - invoice.Balance(), owed->Charged());
        if (less.minor_units() <= 0) continue;
        auto note = book_.NoteOn(billed.line.id, less, NewDraft(invoice.currency).id, now_);
        LIVERY_CHECK(note.has_value(), "an owed invoice that cannot be noted");
        LIVERY_CHECK(IssueNote(*std::move(note), std::nullopt).has_value(),
                     "a note without a refund that is refused");
    }
}

const Document* AccountWork::OwedWith(InvoiceLineId line) const {
    const auto found = std::find_if(
        book_.documents().begin(), book_.documents().end(), [&](const Document& document) {
            return document.Balance().minor_units() > 0 && document.Holds(line);
        });
    return found == book_.documents().end() ? nullptr : &*found;
}

// Of what was paid before, they were told then; what is owed of it again since is theirs.
void AccountWork::SettleChildren() {
    const auto is_child = [](const Line& line) { return line.kind == LineKind::kChild; };
    std::vector<const Document*> paid;
    for (const Document& document : book_.documents()) {
        const bool now = document.status == Status::kPaid && !paid_before_.contains(document.id);
        if (now && std::any_of(document.lines.begin(), document.lines.end(), is_child))
            paid.push_back(&document);
    }
    if (paid.empty()) return;
    for (const BilledLine& billed : book_.Billed(std::nullopt)) {
        const auto holds = [&](const Document* document) {
            return document->Holds(billed.line.id);
        };
        if (is_child(billed.line) && std::any_of(paid.begin(), paid.end(), holds))
            SettleChild(billed);
    }
}

void AccountWork::SettleChild(const BilledLine& billed) {
    const InvoiceId id = *billed.line.child_invoice;
    const AccountBook book = ports_.books.Load(tx_, *billed.line.child_account);
    const Document* invoice = book.Find(id);
    if (invoice == nullptr) return;
    // What was taken back of the line the parent has not paid.
    const Money paid = Least(invoice->Balance(), billed.left);
    if (paid.minor_units() <= 0) return;
    auto child = Open(ports_, tx_, *billed.line.child_account, now_);
    LIVERY_CHECK(child.has_value(), "a child that is no account");
    child->book_.PaidByParent(id, paid, now_);
    // What the parent paid relieves it of nothing.
    child->owed_before_.erase(id);
    child->Close();
}

}  // namespace livery::invoices
