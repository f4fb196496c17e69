#pragma once

#include <string_view>

#include <livery/billing/journal.h>
#include <livery/check.h>

namespace livery::ledger {

// As stored. Throws BrokenInvariant for a word that nobody writes.
inline billing::LedgerAccount AccountFrom(std::string_view text) {
    using billing::LedgerAccount;
    for (const LedgerAccount account :
         {LedgerAccount::kReceivable, LedgerAccount::kCustomerCredit, LedgerAccount::kRevenue,
          LedgerAccount::kTax, LedgerAccount::kCash, LedgerAccount::kGoodwill,
          LedgerAccount::kBadDebt, LedgerAccount::kIntercompany}) {
        if (ToString(account) == text) return account;
    }
    LIVERY_CHECK(false, "a ledger account that nobody knows");
}

}  // namespace livery::ledger
