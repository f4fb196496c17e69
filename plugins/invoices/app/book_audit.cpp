#include "app/book_audit.h"

#include <map>

#include <fmt/format.h>

#include "storage/invariant_repository.h"

namespace livery::invoices {

namespace {

using billing::LedgerAccount;
using Report = InvariantRepository::Report;

constexpr std::size_t kTogether = 1000;

// What the documents say, and what the journal says, of one account in one currency.
struct Pair {
    std::int64_t ours = 0;
    std::int64_t books = 0;
};
using Pairs = std::map<std::pair<AccountId, Currency>, Pair>;

void ReportDifferences(const Pairs& pairs, const char* what, const Report& report) {
    for (const auto& [key, pair] : pairs) {
        if (pair.ours == pair.books) continue;
        const Money ours(pair.ours, key.second);
        const Money books(pair.books, key.second);
        report(
            {key.first.ToString(), fmt::format("{} {} {}, by the ledger {}", what, ours.ToDecimal(),
                                               key.second.code(), books.ToDecimal())});
    }
}

// Pages through the accounts, so that memory does not grow with them.
void CompareWithLedger(db::Transaction& tx, LedgerBalances& ledger, const Report& report) {
    AccountId after;
    for (;;) {
        const auto accounts = InvariantRepository::Accounts(tx, after, kTogether);
        if (accounts.empty()) return;
        const AccountId last = accounts.back();
        Pairs owed;
        Pairs credit;
        for (const auto& row : InvariantRepository::OwedInRange(tx, after, last))
            owed[{row.account, row.amount.currency()}].ours = row.amount.minor_units();
        for (const auto& row : InvariantRepository::CreditInRange(tx, after, last))
            credit[{row.account, row.amount.currency()}].ours = row.amount.minor_units();
        for (const auto& row : ledger.OfRange(tx, after, last)) {
            const std::pair key{row.customer, row.amount.currency()};
            if (row.account == LedgerAccount::kReceivable)
                owed[key].books = row.amount.minor_units();
            if (row.account == LedgerAccount::kCustomerCredit)
                credit[key].books = -row.amount.minor_units();
        }
        ReportDifferences(owed, "owes", report);
        ReportDifferences(credit, "has a credit of", report);
        after = last;
    }
}

}  // namespace

void AddInvariants(Registrar& r, LedgerBalances& ledger) {
    r.Add(Invariant{"I2", "The amounts of a document are those of its lines",
                    InvariantRepository::FindWrongSums});
    r.Add(Invariant{"I3", "What accounts owe and have is what the ledger says",
                    [&ledger](db::Transaction& tx, const Report& report) {
                        CompareWithLedger(tx, ledger, report);
                    }});
    r.Add(Invariant{"I4", "Nothing is paid beyond what is owed",
                    InvariantRepository::FindWrongBalances});
    r.Add(Invariant{"I7", "No time of a subscription is charged twice",
                    InvariantRepository::FindOverlaps});
    r.Add(Invariant{"I8", "Numbers have no gaps", InvariantRepository::FindNumberGaps});
    r.Add(Invariant{"I13", "A document's PDF is the one that was made first",
                    InvariantRepository::FindChangedPapers});
}

}  // namespace livery::invoices
