#include "app/book_audit.h"

#include <map>
#include <set>

#include <fmt/format.h>

#include "app/account_ranges.h"
#include "app/tiling_audit.h"
#include "storage/invariant_repository.h"

namespace livery::invoices {

namespace {

using billing::LedgerAccount;
using Report = InvariantRepository::Report;

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

void CompareWithLedger(db::Transaction& tx, LedgerBalances& ledger, const Report& report) {
    ForEachRange(tx, [&](AccountId after, AccountId last) {
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
    });
}

// Every account that has a book or a subscription is one of the tenant's.
void FindLostAccounts(db::Transaction& tx, const BillingPorts& ports, const Report& report) {
    ForEachRange(tx, [&](AccountId after, AccountId last) {
        std::set<AccountId> named;
        for (const AccountId account : InvariantRepository::AccountsInRange(tx, after, last))
            named.insert(account);
        for (const auto& timeline : ports.timelines.OfRange(tx, after, last, CivilTime{},
                                                            SubscriptionTimelines::For::kLooking))
            named.insert(timeline.account);
        for (const BillingProfile& profile : ports.profiles.OfRange(tx, after, last))
            named.erase(profile.account);
        named.erase(after);  // of the range before
        for (const AccountId account : named)
            report({account.ToString(), "has a book or a subscription, and is not there"});
    });
}

}  // namespace

void AddInvariants(Registrar& r, const BillingPorts& ports, LedgerBalances& ledger) {
    r.Add(Invariant{"I2", "The amounts of a document are those of its lines",
                    InvariantRepository::FindWrongSums});
    r.Add(Invariant{"I3", "What accounts owe and have is what the ledger says",
                    [&ledger](db::Transaction& tx, const Report& report) {
                        CompareWithLedger(tx, ledger, report);
                    }});
    r.Add(Invariant{"I4", "Nothing is paid beyond what is owed",
                    InvariantRepository::FindWrongBalances});
    r.Add(Invariant{"I5", "Nobody was paid back more than he had paid",
                    InvariantRepository::FindOverpaidBack});
    r.Add(Invariant{
        "I7", "What was charged of a subscription's time tiles its use",
        [&ports](db::Transaction& tx, const Report& report) { CheckTiling(tx, ports, report); }});
    r.Add(Invariant{"I8", "Numbers have no gaps", InvariantRepository::FindNumberGaps});
    r.Add(Invariant{"I9", "Everything is of the account and the tenant that it belongs to",
                    [&ports](db::Transaction& tx, const Report& report) {
                        InvariantRepository::FindStrangers(tx, report);
                        FindLostAccounts(tx, ports, report);
                    }});
    r.Add(Invariant{"I10", "A document's state is the one that its amounts and dates lead to",
                    InvariantRepository::FindWrongStates});
    r.Add(Invariant{"I13", "A document's PDF is the one that was made first",
                    InvariantRepository::FindChangedPapers});
    r.Add(Invariant{"I14", "A parent owes for a child no more than the child does",
                    InvariantRepository::FindOwedForChildren});
}

}  // namespace livery::invoices
