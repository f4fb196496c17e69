#include "storage/owing_repository.h"

namespace livery::invoices {

namespace {

constexpr db::Statement kAccounts{
    "invoices.accounts_owing",
    "SELECT DISTINCT account_id FROM invoices_document WHERE tenant_id = :tenant AND account_id > "
    "? AND status IN ('open', 'partly_paid') AND kind = 'invoice' AND due_on <= ? ORDER BY "
    "account_id LIMIT ?"};

constexpr db::Statement kBalance{
    "invoices.balance_of_owed",
    "SELECT net + tax + account_credit - paid + refunded - written_off, currency FROM "
    "invoices_document WHERE tenant_id = :tenant AND id = ? AND status IN ('open', 'partly_paid') "
    "AND kind = 'invoice'"};

}  // namespace

std::vector<AccountId> OwingRepository::Accounts(db::Transaction& tx, Date due_by, AccountId after,
                                                 std::size_t most) {
    std::vector<AccountId> accounts;
    for (const db::Row row : tx.Query(kAccounts, {after, due_by, most}))
        accounts.push_back(row.As<AccountId>(0));
    return accounts;
}

std::optional<Money> OwingRepository::BalanceOf(db::Transaction& tx, InvoiceId invoice) {
    const db::Rows rows = tx.Query(kBalance, {invoice});
    if (rows.empty()) return std::nullopt;
    return Money(rows[0].Int64(0), *Currency::Parse(rows[0].Text(1)));
}

}  // namespace livery::invoices
