#pragma once

#include <optional>

#include <livery/billing/journal.h>
#include <livery/ids.h>
#include <livery/money/money.h>
#include <livery/time/frequency.h>

#include "domain/document.h"

namespace livery::invoices {

// Something that moved money or a claim: what the ledger books, in the same transaction.
struct Fact {
    enum class Kind {
        kIssued,             // an invoice or credit note, with what it consists of
        kCreditGiven,        // a document's surplus becomes the account's credit
        kCreditUsed,         // the account's credit settles a part of an invoice
        kPaid,               // a part of a payment, for an invoice
        kOverpaid,           // the rest of a payment: the account's credit
        kPaidByParent,       // the account's parent paid the invoice
        kRefunded,           // paid back, of an invoice (owed again) or of a credit note
        kChargedBack,        // the payer's bank took a payment back: the invoice is owed again
        kCreditRefunded,     // of the account's credit, by us
        kCreditChargedBack,  // of the account's credit, by the payer's bank
        kWrittenOff,
        kCreditMoved,  // to another account's credit
    };
    Kind kind = Kind::kIssued;
    AccountId account;
    std::optional<AccountId> other;  // of kCreditMoved: who gets it
    std::optional<InvoiceId> document;
    CivilTime at{};
    Money amount;
    // Of kIssued: what the amount consists of; together they are it. Zero otherwise.
    Money revenue;
    Money tax;
    Money granted;  // credit of no line
    Money child;    // other accounts' invoices that this one pays

    static Fact Of(Kind kind, AccountId account, const Money& amount, CivilTime at);
};

// The balanced entry of a fact. Accounts: receivable and customer_credit are kept per customer.
billing::JournalEntry EntryOf(const Fact& fact);

}  // namespace livery::invoices
