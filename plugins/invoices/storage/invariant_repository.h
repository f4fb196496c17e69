#pragma once

#include <functional>
#include <optional>
#include <vector>

#include <livery/invariant.h>

#include "domain/document.h"

namespace livery::invoices {

// What the tables of this plugin must always say (reliability-security 5.1), recomputed.
class InvariantRepository {
 public:
    using Report = std::function<void(Violation)>;
    // I2: a document's amounts, and the time it covers, are those of its lines.
    static void FindWrongSums(db::Transaction& tx, const Report& report);
    // I4: nothing owed is less than nothing, what is paid is settled, and nothing is set off that
    // was not given.
    static void FindWrongBalances(db::Transaction& tx, const Report& report);
    // I8: numbers have no gaps.
    static void FindNumberGaps(db::Transaction& tx, const Report& report);
    // I5: nobody was paid back more than he had paid.
    static void FindOverpaidBack(db::Transaction& tx, const Report& report);
    // I9: lines and notes are of the account of what they belong to.
    static void FindStrangers(db::Transaction& tx, const Report& report);
    // I10: a document's state is the one that its amounts and dates lead to, so none went back.
    static void FindWrongStates(db::Transaction& tx, const Report& report);
    // I14: a parent owes for a child's invoice no more than the child does, as long as it paid back
    // nothing: what was refunded to it is its own debt again.
    static void FindOwedForChildren(db::Transaction& tx, const Report& report);
    // The papers are the bytes that were made.
    static void FindChangedPapers(db::Transaction& tx, const Report& report);

    // A page of accounts with a book, by id.
    static std::vector<AccountId> Accounts(db::Transaction& tx, AccountId after, std::size_t limit);
    // Those after `after`, up to `last`.
    static std::vector<AccountId> AccountsInRange(db::Transaction& tx, AccountId after,
                                                  AccountId last);
    // What the accounts of a range owe and have, by currency.
    struct Standing {
        AccountId account;
        Money amount;
    };
    static std::vector<Standing> OwedInRange(db::Transaction& tx, AccountId after, AccountId last);
    static std::vector<Standing> CreditInRange(db::Transaction& tx, AccountId after,
                                               AccountId last);
};

}  // namespace livery::invoices
