#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <livery/ids.h>
#include <livery/ports/billing.h>
#include <livery/result.h>

#include "domain/account_book.h"
#include "storage/book_store.h"

namespace livery::invoices {

// What the use cases of invoicing work with; all outlive them.
struct BillingPorts {
    CatalogSource& catalogs;
    BillingProfiles& profiles;
    SubscriptionTimelines& timelines;
    TaxEngine& taxes;
    Ledger& ledger;
    BookStore& books;
    ReportRates& rates;
    IdSource& ids;
};

// One account's part of a use case: its book, loaded and locked, and everything that a document
// needs on its way to being final. Nothing is kept without Close. Lives inside one transaction.
class AccountWork {
 public:
    // kNotFound: no such account.
    static Result<AccountWork> Open(const BillingPorts& ports, db::Transaction& tx,
                                    AccountId account, CivilTime now);

    AccountBook& book() { return book_; }
    const BillingProfile& profile() const { return profile_; }
    const billing::Catalog& catalog() const { return *catalog_; }
    db::Transaction& tx() { return tx_; }
    CivilTime now() const { return now_; }
    const std::vector<InvoiceId>& finalized() const { return finalized_; }

    Document NewDraft(Currency currency);
    InvoiceLineId NewLineId();
    // kUnavailable: not now; the document is left without.
    Result<void> ApplyTaxes(Document& document);
    // Puts a draft into the book with its taxes: to be finalised, or waiting for them.
    Result<InvoiceId> Add(Document draft);
    void Finalize(InvoiceId document);
    // Finalises a credit note about an invoice; see AccountBook::IssueNote.
    Result<InvoiceId> IssueNote(Document note, const std::optional<Money>& refund);

    // A draft of the children's invoices as they stand now: what a child paid itself is not on it,
    // a credit that it was given is. False: nothing is left of it, and it is thrown away.
    bool RefreshChildDraft(Document& draft);
    // Stores the book and books its facts; a parent is charged for what its child owes, and
    // relieved of what it owes no longer; children whose invoice was paid by theirs are told.
    void Close();

 private:
    AccountWork(const BillingPorts& ports, db::Transaction& tx, BillingProfile profile,
                CivilTime now);
    void ChargeParent(const Document& invoice);
    void RelieveParent();
    // As a parent: no longer owes what a child's invoice is owed less than was charged for it.
    void RelieveOf(const Document& invoice);
    const Document* OwedWith(InvoiceLineId line) const;
    void SettleChildren();
    void SettleChild(const BilledLine& billed);
    void Keep(AccountBook& book);

    const BillingPorts& ports_;
    db::Transaction& tx_;
    CivilTime now_;
    std::shared_ptr<const billing::Catalog> catalog_;
    BillingProfile profile_;
    AccountBook book_;
    std::map<InvoiceId, Money> owed_before_;  // of a child: what its invoices were owed at first
    std::set<InvoiceId> paid_before_;         // what was paid when the book was loaded
    std::vector<InvoiceId> finalized_;
};

// Whether it gathers what children are charged: the lines of it are owed by them, too. What makes
// such a line smaller is done to the child's invoice, where the taxes are.
bool GathersChildren(const Document& document);
// A draft of that, of the children's invoices of a day.
bool IsChildDraft(const Document& document);

}  // namespace livery::invoices
