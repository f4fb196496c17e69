#include "domain/account_book.h"

#include <algorithm>
#include <utility>

#include <livery/check.h>

#include "domain/note_share.h"

namespace livery::invoices {

namespace {

Error Refused(std::string reason) { return Conflict("error." + std::move(reason)); }
bool IsPositive(const Money& amount) { return amount.minor_units() > 0; }

// As many of the parts as make up `most`; the account may have had credit before.
std::vector<SettledPart> FirstOf(const std::vector<SettledPart>& parts, Money most) {
    std::vector<SettledPart> first;
    for (const SettledPart& part : parts) {
        const Money taken = Least(part.amount, most);
        if (!IsPositive(taken)) break;
        first.push_back({part.invoice, taken});
        most = most - taken;
    }
    return first;
}

}  // namespace

Document* AccountBook::Find(InvoiceId id) {
    const auto found = std::find_if(documents_.begin(), documents_.end(),
                                    [&](const Document& document) { return document.id == id; });
    return found == documents_.end() ? nullptr : &*found;
}

const Document* AccountBook::Find(InvoiceId id) const {
    return const_cast<AccountBook*>(this)->Find(id);  // NOLINT: one search for both
}

Money AccountBook::CreditIn(Currency currency) const {
    const auto found = credit_.find(currency);
    return found == credit_.end() ? Money(0, currency) : found->second;
}

Money AccountBook::BalanceIn(Currency currency) const {
    Money sum(0, currency);
    for (const Document& document : documents_) {
        if (document.currency == currency) sum = sum + document.Balance();
    }
    return sum;
}

std::vector<Fact> AccountBook::TakeFacts() { return std::exchange(facts_, {}); }

std::vector<BilledLine> AccountBook::Billed(std::optional<SubscriptionId> subscription) const {
    std::vector<BilledLine> billed;
    std::map<InvoiceLineId, std::size_t> places;
    const auto wanted = [&](const Line& line) {
        return !subscription || line.subscription == subscription;
    };
    for (const Document& document : documents_) {
        if (document.status == Status::kVoid && document.number.empty()) continue;
        for (const Line& line : document.lines) {
            if (line.corrects || !wanted(line)) continue;
            places[line.id] = billed.size();
            billed.push_back(BilledLine::Of(line));
            billed.back().is_written_off = document.status == Status::kWrittenOff;
        }
    }
    for (const Document& document : documents_) {
        if (document.status == Status::kVoid && document.number.empty()) continue;
        for (const Line& line : document.lines) {
            if (!line.corrects || !wanted(line)) continue;
            if (const auto place = places.find(*line.corrects); place != places.end())
                billed[place->second].Give(line);
        }
    }
    return billed;
}

std::optional<CivilTime> AccountBook::SettledTo(SubscriptionId subscription) const {
    const auto found = settled_.find(subscription);
    return found == settled_.end() ? std::nullopt : std::optional(found->second);
}

void AccountBook::Settle(SubscriptionId subscription, CivilTime to) {
    CivilTime& settled = settled_.try_emplace(subscription, to).first->second;
    settled = std::max(settled, to);
}

void AccountBook::AddCredit(const Money& amount) {
    const auto [credit, fresh] = credit_.try_emplace(amount.currency(), amount);
    if (!fresh) credit->second = credit->second + amount;
    LIVERY_CHECK(credit->second.minor_units() >= 0, "more credit used than there is");
}

void AccountBook::Book(Fact::Kind kind, const Document& document, const Money& amount,
                       CivilTime at) {
    if (amount.minor_units() == 0) return;
    Fact fact = Fact::Of(kind, account_, amount, at);
    fact.document = document.id;
    facts_.push_back(std::move(fact));
}

void AccountBook::BookIssue(const Document& document, CivilTime at) {
    Fact fact = Fact::Of(Fact::Kind::kIssued, account_, document.Total(), at);
    fact.document = document.id;
    for (const Line& line : document.lines) {
        Money& part = line.kind == LineKind::kCredit ? fact.granted
                      : line.child_invoice           ? fact.child
                                                     : fact.revenue;
        part = part + line.net;
        fact.tax = fact.tax + line.Tax();
    }
    // What moves nothing is no fact: a month that a coupon pays, say.
    const auto moves = [](const Money& amount) { return amount.minor_units() != 0; };
    if (moves(fact.amount) || moves(fact.revenue) || moves(fact.tax) || moves(fact.granted) ||
        moves(fact.child))
        facts_.push_back(std::move(fact));
}

void AccountBook::Finalize(InvoiceId id, CivilTime at, int payment_days) {
    Document* document = Find(id);
    LIVERY_CHECK(document != nullptr && !document->IsFinal(), "not a draft");
    document->kind = document->KindByTotal();
    document->issued_at = at;
    document->due_on = DayOf(at) + std::chrono::days(payment_days);
    document->status = Status::kOpen;
    for (const Line& line : document->lines) {
        if (line.kind != LineKind::kAdjustment) continue;
        for (Document& other : documents_) {
            for (const Line& original : other.lines) {
                if (original.id == *line.corrects) other.credited = other.credited - line.Total();
            }
        }
    }
    BookIssue(*document, at);
    const Money total = document->Total();
    if (total.minor_units() < 0) {
        const Money surplus = Money(0, total.currency()) - total - document->refunded;
        document->account_credit = surplus;
        AddCredit(surplus);
        Book(Fact::Kind::kRefunded, *document, document->refunded, at);
        Book(Fact::Kind::kCreditGiven, *document, surplus, at);
    }
    document->UpdateStatus();
    const auto used = UseCredit(total.currency(), document->corrects.value_or(id), at);
    if (document->kind == DocumentKind::kCreditNote)
        document->set_off = FirstOf(used, document->account_credit);
}

std::vector<Document*> AccountBook::Owed(Currency currency, std::optional<InvoiceId> first) {
    std::vector<Document*> owed;
    for (Document& document : documents_) {
        if (document.currency == currency && IsPositive(document.Balance()) &&
            document.status != Status::kWrittenOff) {
            owed.push_back(&document);
        }
    }
    std::stable_sort(owed.begin(), owed.end(), [&](const Document* a, const Document* b) {
        const bool a_first = first == a->id;
        const bool b_first = first == b->id;
        return a_first != b_first ? a_first : a->due_on < b->due_on;
    });
    return owed;
}

std::vector<SettledPart> AccountBook::UseCredit(Currency currency, std::optional<InvoiceId> first,
                                                CivilTime at) {
    std::vector<SettledPart> parts;
    for (Document* document : Owed(currency, first)) {
        const Money used = Least(CreditIn(currency), document->Balance());
        if (!IsPositive(used)) break;
        parts.push_back({document->id, used});
        document->account_credit = document->account_credit - used;
        AddCredit(Money(0, currency) - used);
        Book(Fact::Kind::kCreditUsed, *document, used, at);
        document->UpdateStatus();
    }
    return parts;
}

namespace {

// What was written off is nobody's claim any more, and what is void never was one.
bool CanBeNoted(const Document& document) {
    return document.IsFinal() && document.kind == DocumentKind::kInvoice &&
           document.status != Status::kWrittenOff && document.status != Status::kVoid;
}

}  // namespace

Result<Document> AccountBook::NoteOn(InvoiceLineId line, const Money& amount, InvoiceId note_id,
                                     CivilTime at) const {
    const auto invoice =
        std::find_if(documents_.begin(), documents_.end(),
                     [&](const Document& document) { return document.Holds(line); });
    if (invoice == documents_.end()) return NotFound("error.not_found");
    if (!CanBeNoted(*invoice)) return Refused("not_an_open_invoice");
    if (!IsPositive(amount)) return InvalidField("amount", "error.amount");
    if (amount.currency() != invoice->currency) return InvalidField("amount", "error.currency");
    for (const BilledLine& billed : Billed(std::nullopt)) {
        if (billed.line.id != line) continue;
        if (amount.minor_units() > billed.left.minor_units()) break;
        Document note = Document::Draft(note_id, account_, invoice->currency, at);
        note.corrects = invoice->id;
        note.lines.push_back(CorrectionOf(billed, LineKind::kAdjustment, amount));
        // Nor more than the invoice came to, which may give back of others beside its lines.
        if (invoice->Charged().minor_units() < -note.Total().minor_units()) break;
        return note;
    }
    return InvalidField("amount", "error.more_than_left");
}

Result<Document> AccountBook::NoteOnAll(InvoiceId invoice, InvoiceId note_id, CivilTime at) const {
    const Document* document = Find(invoice);
    if (document == nullptr) return NotFound("error.not_found");
    if (!CanBeNoted(*document)) return Refused("not_an_open_invoice");
    Document note = Document::Draft(note_id, account_, document->currency, at);
    note.corrects = invoice;
    for (const BilledLine& billed : Billed(std::nullopt)) {
        if (document->Holds(billed.line.id) && IsPositive(billed.left))
            note.lines.push_back(CorrectionOf(billed, LineKind::kAdjustment, billed.left));
    }
    // Beside what its lines charge the invoice may give back of others: no more than it came to.
    const Money left = document->Charged();
    if (note.lines.empty() || !IsPositive(left))
        return InvalidField("amount", "error.more_than_left");
    if (left.minor_units() < -note.Total().minor_units()) LIVERY_TRY(LimitNote(note, left));
    return note;
}

Result<void> AccountBook::LimitNote(Document& note, const Money& amount) const {
    if (!IsPositive(amount)) return InvalidField("amount", "error.amount");
    if (amount.currency() != note.currency) return InvalidField("amount", "error.currency");
    if (amount.minor_units() > -note.Total().minor_units())
        return InvalidField("amount", "error.more_than_left");
    std::vector<BilledLine> noted;
    for (BilledLine& billed : Billed(std::nullopt)) {
        const auto is_noted = [&](const Line& line) { return line.corrects == billed.line.id; };
        if (std::any_of(note.lines.begin(), note.lines.end(), is_noted))
            noted.push_back(std::move(billed));
    }
    note.lines = SharedOut(noted, amount);
    return {};
}

Result<void> AccountBook::CheckSplit(const Document& note, const CreditSplit& split) const {
    const Document* invoice = note.corrects ? Find(*note.corrects) : nullptr;
    if (invoice == nullptr) return NotFound("error.not_found");
    if (split.refund.currency() != note.currency) return InvalidField("refund", "error.currency");
    if (split.refund.minor_units() < 0 ||
        split.refund.minor_units() > -note.Total().minor_units() ||
        split.refund.minor_units() > RefundableOf(*invoice).minor_units()) {
        return InvalidField("refund", "error.more_than_paid");
    }
    return {};
}

Result<InvoiceId> AccountBook::IssueNote(Document note, const CreditSplit& split, CivilTime at) {
    LIVERY_TRY(CheckSplit(note, split));
    note.refunded = split.refund;
    const InvoiceId id = note.id;
    documents_.push_back(std::move(note));
    Finalize(id, at, 0);
    return id;
}

Result<void> AccountBook::CheckVoid(const Document& note) const {
    const Document* invoice = Find(note.corrects.value_or(InvoiceId()));
    if (invoice == nullptr) return NotFound("error.not_found");
    const Money left = invoice->Charged() + note.Total();
    if (IsPositive(left) && IsPositive(invoice->Balance())) return Refused("given_back_elsewhere");
    return {};
}

// What never was an invoice has not used them up.
void AccountBook::GiveBackCoupons(const Document& document) {
    for (Redemption& redemption : redemptions_) {
        if (redemption.left && document.Used(redemption.coupon, redemption.subscription))
            ++*redemption.left;
    }
}

Result<void> AccountBook::Void(InvoiceId invoice) {
    Document* document = Find(invoice);
    if (document == nullptr) return NotFound("error.not_found");
    if (!document->IsFinal()) {
        document->status = Status::kVoid;
        GiveBackCoupons(*document);
        return {};
    }
    const Money owed = document->Total() + document->account_credit - document->paid;
    LIVERY_CHECK(owed.minor_units() <= 0 || document->Charged().minor_units() == 0,
                 "an invoice is void only after a note on all of it");
    document->status = Status::kVoid;
    return {};
}

Result<void> AccountBook::WriteOff(InvoiceId invoice, CivilTime at) {
    Document* document = Find(invoice);
    if (document == nullptr) return NotFound("error.not_found");
    const Money owed = document->Balance();
    if (!IsPositive(owed)) return Refused("not_owed");
    document->written_off = owed;
    document->status = Status::kWrittenOff;
    Book(Fact::Kind::kWrittenOff, *document, owed, at);
    return {};
}

Money AccountBook::TakeCredit(Currency currency, CivilTime at, AccountId to) {
    const Money credit = CreditIn(currency);
    if (!IsPositive(credit)) return Money(0, currency);
    AddCredit(Money(0, currency) - credit);
    Fact fact = Fact::Of(Fact::Kind::kCreditMoved, account_, credit, at);
    fact.other = to;
    facts_.push_back(std::move(fact));
    return credit;
}

void AccountBook::ReceiveCredit(const Money& credit, CivilTime at) {
    if (!IsPositive(credit)) return;
    AddCredit(credit);
    UseCredit(credit.currency(), std::nullopt, at);
}

}  // namespace livery::invoices
