// What the books must always say, whatever a scenario does.
#include <fmt/format.h>

#include "broken_invariants.h"
#include "storage/order_invariant_repository.h"
#include "world.h"

namespace livery::golden {

using billing::LedgerAccount;
using invoices::Document;

std::string World::BrokenInvariant() const {
    std::string broken = BrokenInMemory();
    if (!broken.empty() || !storage_) return broken;
    storage_->Transact([&](db::Transaction& tx) {
        broken = books::BrokenInvariants(tx, ports_);
        orders::OrderInvariantRepository::FindWrongStates(tx, [&](const Violation& violation) {
            broken += fmt::format("  I10: {} {}\n", violation.row, violation.says);
        });
    });
    return broken;
}

std::string World::BrokenInMemory() const {
    std::map<std::pair<AccountId, Currency>, std::int64_t> receivable;
    std::map<std::pair<AccountId, Currency>, std::int64_t> credit;
    for (const billing::JournalEntry& entry : store_.state().journal) {
        if (!entry.IsBalanced()) return "I1: an entry does not balance: " + entry.fact;
        if (entry.postings.empty()) return "I1a: an entry has no postings: " + entry.fact;
        for (const billing::Posting& posting : entry.postings) {
            if (!posting.customer) continue;
            const std::pair key{*posting.customer, posting.amount.currency()};
            if (posting.account == LedgerAccount::kReceivable)
                receivable[key] += posting.amount.minor_units();
            if (posting.account == LedgerAccount::kCustomerCredit)
                credit[key] -= posting.amount.minor_units();
        }
    }
    for (const auto& [account, book] : store_.state().books) {
        std::map<Currency, std::int64_t> owed;
        for (const Document& document : book.documents()) {
            if (!document.IsFinal() || document.number.empty()) continue;
            owed[document.currency] += document.Balance().minor_units();
            if (document.Balance().minor_units() < 0)
                return fmt::format("I4: {} has a balance of {}", document.number,
                                   document.Balance().ToDecimal());
        }
        for (const auto& [currency, amount] : owed) {
            if (receivable[{account, currency}] != amount)
                return fmt::format("I3: owed by the documents {}, by the ledger {} ({})", amount,
                                   receivable[{account, currency}], currency.code());
        }
        for (const auto& [currency, amount] : book.credit()) {
            if (credit[{account, currency}] != amount.minor_units())
                return fmt::format("I3: credit {}, by the ledger {}", amount.minor_units(),
                                   credit[{account, currency}]);
        }
        for (const invoices::BilledLine& billed : book.Billed(std::nullopt)) {
            if (billed.left.minor_units() < 0 && billed.line.amount.minor_units() > 0)
                return "RP-01: more given back of a line than was charged";
        }
    }
    return "";
}

}  // namespace livery::golden
