#pragma once

#include <functional>

#include <livery/invariant.h>
#include <livery/ports/billing.h>

namespace livery::ledger {

// What the journal adds up to.
class BalanceRepository final : public LedgerBalances {
 public:
    std::vector<Balance> OfRange(db::Transaction& tx, AccountId after, AccountId last) override;
    std::vector<Movement> MovementsOf(db::Transaction& tx, AccountId customer,
                                      CivilTime from, CivilTime to) override;
    std::vector<Opening> OpeningsOf(db::Transaction& tx, AccountId customer,
                                    CivilTime before) override;
    // Entries whose postings do not add up to nothing in a currency.
    static void FindUnbalanced(db::Transaction& tx, const std::function<void(Violation)>& report);
    // Postings of no entry, and entries of no posting.
    static void FindTorn(db::Transaction& tx, const std::function<void(Violation)>& report);
};

}  // namespace livery::ledger
