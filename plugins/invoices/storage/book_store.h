#pragma once

#include <livery/billing/policies.h>
#include <livery/db/database.h>
#include <livery/ids.h>

#include "domain/account_book.h"

namespace livery::invoices {

// Where account books are kept. MariaDB in the product; memory where a year is lived in
// milliseconds. Both are used inside a transaction: what it does not commit did not happen, numbers
// included.
class BookStore {
 public:
    virtual ~BookStore() = default;
    // The account's book, locked until the transaction ends. An account without one has an empty
    // book.
    virtual AccountBook Load(db::Transaction& tx, AccountId account) = 0;
    // Gives each document that waits for its number the next of the tenant's series for its kind
    // and year, without gaps (NU-02): in the order of the book.
    virtual void Save(db::Transaction& tx, const AccountBook& book) = 0;
    // The recurring lines of a subscription that cover a part of the span, in any document, with
    // all that corrects them. Of what is stored: not of what this unit of work adds.
    virtual std::vector<BilledLine> ChargesOf(db::Transaction& tx, SubscriptionId subscription,
                                              const Span& span) = 0;
};

// The rate from a currency to the one that the tenant reports in; none = it does not.
class ReportRates {
 public:
    virtual ~ReportRates() = default;
    virtual std::optional<ReportRate> RateOf(db::Transaction& tx, Currency currency) = 0;
};

}  // namespace livery::invoices
