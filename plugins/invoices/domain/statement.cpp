#include "domain/statement.h"

#include <map>

namespace livery::invoices {

std::vector<AccountStatement> StatementsOf(const std::vector<StatementEntry>& entries,
                                           CivilTime from) {
    std::map<Currency, AccountStatement> by_currency;
    for (const StatementEntry& entry : entries) {
        const Currency currency = entry.amount.currency();
        const Money zero(0, currency);
        const auto [found, fresh] =
            by_currency.try_emplace(currency, AccountStatement{currency, zero, {}, zero});
        AccountStatement& statement = found->second;
        statement.closing = statement.closing + entry.amount;
        if (entry.at < from) {
            statement.opening = statement.closing;
        } else {
            statement.rows.push_back({entry, statement.closing});
        }
    }
    std::vector<AccountStatement> statements;
    for (auto& [currency, statement] : by_currency) statements.push_back(std::move(statement));
    return statements;
}

}  // namespace livery::invoices
