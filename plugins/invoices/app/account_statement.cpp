#include "app/account_statement.h"

#include <algorithm>
#include <set>

#include "storage/document_repository.h"

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
    // The ledger knows documents by their ids alone.
    std::set<InvoiceId> documents;
    for (const auto& movement : movements) {
        if (movement.document) documents.insert(*movement.document);
    }
    const auto numbers = DocumentRepository::NumbersOf(database, tenant, account, documents);
    std::vector<StatementEntry> entries;
    for (auto& movement : movements) {
        const auto number = numbers.find(movement.document.value_or(InvoiceId()));
        entries.push_back({movement.at, std::move(movement.fact), movement.document,
                           movement.amount, number == numbers.end() ? "" : number->second});
    }
    stated.statements = StatementsOf(openings, entries);
    return stated;
}

}  // namespace livery::invoices
