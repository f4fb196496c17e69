#include "domain/statement.h"

#include <map>

namespace livery::invoices {

std::vector<AccountStatement> StatementsOf(const std::vector<Money>& openings,
                                           const std::vector<StatementEntry>& entries) {
    std::map<Currency, AccountStatement> by_currency;
    for (const Money& opening : openings)
        by_currency.try_emplace(opening.currency(),
                                AccountStatement{opening.currency(), opening, {}, opening});
    for (const StatementEntry& entry : entries) {
        const Currency currency = entry.amount.currency();
        const Money zero(0, currency);
        AccountStatement& statement =
            by_currency.try_emplace(currency, AccountStatement{currency, zero, {}, zero})
                .first->second;
        statement.closing = statement.closing + entry.amount;
        statement.rows.push_back({entry, statement.closing});
    }
    std::vector<AccountStatement> statements;
    for (auto& [currency, statement] : by_currency) statements.push_back(std::move(statement));
    return statements;
}

}  // namespace livery::invoices
