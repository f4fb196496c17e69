#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <livery/billing/catalog.h>
#include <livery/ids.h>
#include <livery/result.h>

#include "domain/document.h"
#include "domain/fact.h"

namespace livery::invoices {

struct Payment {
    std::string reference;  // the payer's or the gateway's; unique for the account
    CivilTime at{};
    Money amount;
    std::vector<SettledPart> parts;  // what of it went where; the rest is the account's credit
    bool operator==(const Payment&) const = default;
};

// What a payment leaves behind that is taken back.
struct TakenBack {
    std::vector<SettledPart> owed_again;     // what it had paid of these
    std::vector<SettledPart> credit_unused;  // what its rest, as the account's credit, had
    Money credit;                            // of the credit that is still there
};
enum class TakenBackBy { kUs, kBank };

struct Redemption {
    std::string coupon;
    std::optional<SubscriptionId> subscription;  // none = everything of the account
    std::optional<int> left;                     // on so many more invoices; none = for good
    bool operator==(const Redemption&) const = default;
};

// How a credit note pays back: what is not refunded becomes the account's credit, which first
// settles what is still owed of the noted invoice, then the oldest others.
struct CreditSplit {
    Money refund;
};

// What one account owes and has: its documents, payments and credit, and the transitions between
// them. Values only: use cases load the part that matters, call a transition, and store what
// changed together with `facts` for the ledger. Transitions that return an Error changed nothing.
class AccountBook {
 public:
    explicit AccountBook(AccountId account) : account_(account) {}

    // What a store keeps: a book is made from it, and gives it back.
    struct Stored {
        std::vector<Document> documents;
        std::vector<Payment> payments;
        std::vector<Redemption> redemptions;
        std::map<Currency, Money> credit;
        std::map<SubscriptionId, CivilTime> settled;
    };
    AccountBook(AccountId account, Stored stored)
        : account_(account),
          documents_(stored.documents),
          payments_(stored.payments),
          redemptions_(stored.redemptions),
          credit_(stored.credit),
          settled_(stored.settled),
          stored_(std::move(stored)) {}
    const Stored& stored() const { return stored_; }

    AccountId account() const { return account_; }
    std::vector<Document>& documents() { return documents_; }
    const std::vector<Document>& documents() const { return documents_; }
    const std::vector<Payment>& payments() const { return payments_; }
    std::vector<Redemption>& redemptions() { return redemptions_; }
    const std::vector<Redemption>& redemptions() const { return redemptions_; }
    const std::map<SubscriptionId, CivilTime>& settled() const { return settled_; }
    Document* Find(InvoiceId id);
    const Document* Find(InvoiceId id) const;
    const std::map<Currency, Money>& credit() const { return credit_; }
    Money CreditIn(Currency currency) const;
    Money BalanceIn(Currency currency) const;  // owed, all documents; the credit is not in it
    std::vector<Fact> TakeFacts();

    // The lines of final documents with what is left of them; of one subscription, or all.
    std::vector<BilledLine> Billed(std::optional<SubscriptionId> subscription) const;
    std::optional<CivilTime> SettledTo(SubscriptionId subscription) const;
    void Settle(SubscriptionId subscription, CivilTime to);

    // A document that is complete is final: it is owed, or its credit is the account's. Credit that
    // the account has is used at once. A document of nothing is paid. Its number is drawn when the
    // book is stored, see Document::WaitsForNumber.
    void Finalize(InvoiceId id, CivilTime at, int payment_days);

    // Its parts as they were chosen, each as far as it is still owed; then the oldest due first, or
    // `only` first; what is left over becomes credit (PA-11).
    // kInvalidArgument: not positive. kConflict: the reference was used, `only` cannot be paid.
    Result<void> Pay(Payment payment, std::optional<InvoiceId> only);
    // The parent pays so much of what is owed of this invoice (HA-01).
    void PaidByParent(InvoiceId invoice, const Money& amount, CivilTime at);
    // Money given back without a credit note: the invoice is owed again (RP-10).
    // kInvalidArgument: more than was paid and not given back.
    Result<void> Refund(InvoiceId invoice, const Money& amount, CivilTime at);

    // A part of a payment that goes back without a credit note: by us, or by the payer's bank
    // (PA-02). Its invoices are owed again, the last that it paid first; then its rest, which
    // became credit. kNotFound: no such payment. kInvalidArgument: more than is left of it here.
    Result<TakenBack> TakeBack(const std::string& reference, const Money& amount, TakenBackBy by,
                               CivilTime at);

    // A draft that takes back `amount` of a line, or all that is left of every line. kConflict: the
    // invoice is not final; kInvalidArgument: more than is left of the line (CN-05).
    Result<Document> NoteOn(InvoiceLineId line, const Money& amount, InvoiceId note_id,
                            CivilTime at) const;
    Result<Document> NoteOnAll(InvoiceId invoice, InvoiceId note_id, CivilTime at) const;
    // Lowers such a draft to `amount` with tax: of every line the same part, see note_share.h.
    // kInvalidArgument: it is worth less, or in another currency.
    Result<void> LimitNote(Document& note, const Money& amount) const;
    // Whether IssueNote would take it.
    Result<void> CheckSplit(const Document& note, const CreditSplit& split) const;
    // Finalises a note about an invoice. kInvalidArgument: the refund is more than the note, or
    // than what was paid of the invoice and not given back.
    Result<InvoiceId> IssueNote(Document note, const CreditSplit& split, CivilTime at);
    // What the account itself paid of an invoice and was not given back, by itself or by notes
    // about it; what its parent paid is none of it. Of a book that was loaded with its payments.
    Money RefundableOf(const Document& invoice) const;
    // Whether `note` takes back all of the invoice that it is about. kConflict: other documents
    // gave back a part of it already, so that something of it would be owed by nobody.
    Result<void> CheckVoid(const Document& note) const;
    // After a note on all of it: the invoice is void, whatever was paid was refunded (CN-04).
    Result<void> Void(InvoiceId invoice);
    Result<void> WriteOff(InvoiceId invoice, CivilTime at);

    // Credit leaves this account for another (HA-03); all of it in a currency.
    Money TakeCredit(Currency currency, CivilTime at, AccountId to);
    void ReceiveCredit(const Money& credit, CivilTime at);

    // Uses credit for what is owed in its currency: `first`, then the oldest due. What was used for
    // which.
    std::vector<SettledPart> UseCredit(Currency currency, std::optional<InvoiceId> first,
                                       CivilTime at);

 private:
    void GiveBackCoupons(const Document& document);
    void AddCredit(const Money& amount);
    void Book(Fact::Kind kind, const Document& document, const Money& amount, CivilTime at);
    void BookIssue(const Document& document, CivilTime at);
    std::vector<Document*> Owed(Currency currency, std::optional<InvoiceId> first);
    Result<void> CheckPayment(const Payment& payment, std::optional<InvoiceId> only) const;
    Money PayPart(Payment& payment, Document& document, const Money& most);
    Result<TakenBack> PlanTakingBack(const Payment& payment, const Money& amount) const;
    Money CreditUsedFor(const Document& invoice) const;

    AccountId account_;
    std::vector<Document> documents_;
    std::vector<Payment> payments_;
    std::vector<Redemption> redemptions_;
    std::map<Currency, Money> credit_;
    std::map<SubscriptionId, CivilTime> settled_;
    std::vector<Fact> facts_;
    Stored stored_;  // as it was loaded: a store writes what differs
};

}  // namespace livery::invoices
