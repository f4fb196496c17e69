#include "app/account_statement.h"

#include <algorithm>

namespace livery::invoices {

StatedAccount StatementOf(db::Database& database, const TenantId& tenant, LedgerBalances& ledger,
                          AccountId account, const Span& range) {
    std::vector<LedgerBalances::Opening> before;
    std::vector<LedgerBalances::Movement> movements;
    database.Transact(tenant, [&](db::Transaction& tx) {
        before = ledger.OpeningsOf(tx, account, range.from);
        movements = ledger.MovementsOf(tx, account, range.from, range.to);
    });
    StatedAccount stated;
    std::vector<Money> openings;
    for (const auto& opening : before) {
        openings.push_back(opening.amount);
        stated.first_at = std::min(stated.first_at.value_or(opening.first_at), opening.first_at);
    }
    if (!stated.first_at && !movements.empty()) stated.first_at = movements.front().at;
    std::vector<StatementEntry> entries;
    for (auto& movement : movements)
        entries.push_back(
            {movement.at, std::move(movement.fact), movement.document, movement.amount});
    stated.statements = StatementsOf(openings, entries);
    return stated;
}

}  // namespace livery::invoices
