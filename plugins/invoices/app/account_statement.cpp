#include "app/account_statement.h"

namespace livery::invoices {

std::vector<StatementEntry> EntriesOf(db::Transaction& tx, LedgerBalances& ledger,
                                      AccountId account, CivilTime to) {
    std::vector<StatementEntry> entries;
    for (auto& movement : ledger.MovementsOf(tx, account, to))
        entries.push_back(
            {movement.at, std::move(movement.fact), movement.document, movement.amount});
    return entries;
}

}  // namespace livery::invoices
