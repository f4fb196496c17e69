#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <livery/ids.h>
#include <livery/money/money.h>
#include <livery/time/frequency.h>

#include "domain/line.h"
#include "domain/party.h"

namespace livery::invoices {

enum class DocumentKind { kInvoice, kCreditNote };
std::string_view ToString(DocumentKind kind);

// As stored. Overdue is not a state: it is being open, or partly paid, past the due date.
enum class Status {
    kDraft,       // being written; nobody owes it; has no number
    kPendingTax,  // complete but for its taxes: the provider does not answer
    kOpen,
    kPartlyPaid,
    kPaid,  // nothing is owed (any more)
    kVoid,
    kWrittenOff,
};
std::string_view ToString(Status status);

// Open, or partly paid, past the due date; of an invoice.
bool IsOverdue(DocumentKind kind, Status status, Date due_on, Date today);
// What became of a credit note, in a word: of what was paid back of it and what became the
// account's credit.
std::string_view NoteState(const Money& refunded, const Money& credited);

// What the document is worth in the currency that the tenant reports in, at the rate of the day on
// which it was finalised, or, of a note about an invoice, of that invoice; never looked up again
// (CU-04).
struct ReportRate {
    Currency currency;
    Decimal rate;
    bool operator==(const ReportRate&) const = default;
};

// A part of an amount that an account pays, or is given: what it went to.
struct SettledPart {
    InvoiceId invoice;
    Money amount;
    bool operator==(const SettledPart&) const = default;
};

// An invoice or a credit note of one account in one currency. Once it has a number its lines never
// change; only what happened to it since does.
//
// charged  = max(0, total) − credited
// balance  = total + account_credit − paid + refunded − written_off; 0 while a draft, and when void
struct Document {
    InvoiceId id;
    AccountId account;
    Currency currency;
    DocumentKind kind = DocumentKind::kInvoice;
    Status status = Status::kDraft;
    std::string number;  // "" until finalised
    CivilTime made_at{};
    CivilTime issued_at{};
    Date due_on{};
    std::optional<InvoiceId> corrects;  // the invoice that a credit note is about, if one
    std::vector<Line> lines;
    std::optional<ReportRate> report;
    Buyer buyer;  // from when it is final

    Money paid;
    Money refunded;        // paid back: of an invoice (it is owed again), of a credit note
    Money account_credit;  // moved to the account's credit (+), used from it (−)
    Money credited;        // of an invoice: what credit notes took back of its lines
    Money written_off;
    // Of a credit note: what of its credit was used at once, and for which invoices; the rest stays
    // the account's. Known of notes that were made since it is kept.
    std::vector<SettledPart> set_off;

    static Document Draft(InvoiceId id, AccountId account, Currency currency, CivilTime at);

    bool operator==(const Document&) const = default;

    bool IsFinal() const { return status != Status::kDraft && status != Status::kPendingTax; }
    // Finalised, and not stored since: who stores it draws the number, the last thing of a unit of
    // work, since everybody else waits for the series. A draft that was dropped never gets one.
    bool WaitsForNumber() const { return issued_at != CivilTime{} && number.empty(); }
    Money Net() const;
    Money Tax() const;
    Money Total() const;
    Money Charged() const;
    Money Balance() const { return BalanceOf(Total()); }
    // The same for who knows the total without the lines.
    Money BalanceOf(const Money& total) const;
    bool IsOverdue(Date today) const;
    // What became of it, in a word: its status, or "overdue". A credit note is not paid, it is
    // "credited" to the account, "refunded", or "partly_refunded" and the rest credited.
    std::string_view State(Date today) const;
    bool Holds(InvoiceLineId line) const;
    // Whether that coupon took something off a line; off one of that subscription, if one is named.
    bool Used(const std::string& coupon, std::optional<SubscriptionId> subscription) const;
    // The time that its lines cover; nullopt when none says.
    std::optional<Span> Period() const;
    // What the total is in the reporting currency.
    std::optional<Money> ReportTotal() const;

    // A document of less than nothing is a credit note.
    DocumentKind KindByTotal() const;

    // Sets the status that follows from the amounts; for final documents that are neither void nor
    // written off.
    void UpdateStatus();
};

// A fixed coupon of `amount` over lines, in proportion; a percentage off each. Lines that are not
// positive get nothing. No line falls below zero.
void DiscountBy(std::vector<Line*> lines, const Money& amount);
void DiscountBy(std::vector<Line*> lines, const Decimal& percent);

}  // namespace livery::invoices
