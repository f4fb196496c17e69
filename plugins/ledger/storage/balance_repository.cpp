#include "storage/balance_repository.h"

#include <fmt/format.h>

#include <livery/check.h>

#include "storage/ledger_accounts.h"

namespace livery::ledger {

namespace {

using db::Statement;

constexpr Statement kOfRange{
    "ledger.balances",
    "SELECT customer_id, account, currency, CAST(SUM(amount) AS SIGNED) FROM ledger_posting "
    "WHERE tenant_id = :tenant AND customer_id > ? AND customer_id <= ? "
    "GROUP BY customer_id, account, currency HAVING SUM(amount) <> 0 ORDER BY customer_id"};
constexpr Statement kMovements{
    "ledger.movements",
    "SELECT e.booked_at, e.fact, e.document_id, p.currency, CAST(SUM(p.amount) AS SIGNED) FROM "
    "ledger_posting p JOIN ledger_entry e ON e.tenant_id = p.tenant_id AND e.id = p.entry_id WHERE "
    "p.tenant_id = :tenant AND p.customer_id = ? AND e.booked_at >= ? AND e.booked_at < ? GROUP BY "
    "e.id, e.booked_at, e.fact, e.document_id, p.currency HAVING SUM(p.amount) <> 0 ORDER BY "
    "e.booked_at, e.id"};
// Of movements, not of postings: what an entry only moves within a customer opens no currency.
constexpr Statement kOpenings{
    "ledger.openings",
    "SELECT m.currency, CAST(SUM(m.amount) AS SIGNED), MIN(m.booked_at) FROM (SELECT p.currency, "
    "SUM(p.amount) AS amount, e.booked_at FROM ledger_posting p JOIN ledger_entry e ON "
    "e.tenant_id = p.tenant_id AND e.id = p.entry_id WHERE p.tenant_id = :tenant AND p.customer_id "
    "= ? AND e.booked_at < ? GROUP BY e.id, e.booked_at, p.currency HAVING SUM(p.amount) <> 0) m "
    "GROUP BY m.currency ORDER BY m.currency"};
constexpr Statement kUnbalanced{
    "ledger.unbalanced",
    "SELECT entry_id, currency, CAST(SUM(amount) AS SIGNED) FROM ledger_posting "
    "WHERE tenant_id = :tenant GROUP BY entry_id, currency HAVING SUM(amount) <> 0 "
    "ORDER BY entry_id LIMIT 1000"};
constexpr Statement kTorn{
    "ledger.torn",
    "SELECT e.id FROM ledger_entry e LEFT JOIN ledger_posting p ON p.tenant_id = e.tenant_id AND "
    "p.entry_id = e.id WHERE e.tenant_id = :tenant AND p.entry_id IS NULL ORDER BY e.id LIMIT "
    "1000"};

}  // namespace

std::vector<LedgerBalances::Balance> BalanceRepository::OfRange(db::Transaction& tx,
                                                                AccountId after, AccountId last) {
    std::vector<Balance> balances;
    for (const db::Row row : tx.Query(kOfRange, {after, last})) {
        balances.push_back({row.As<AccountId>(0), AccountFrom(row.Text(1)),
                            Money(row.Int64(3), *Currency::Parse(row.Text(2)))});
    }
    return balances;
}

std::vector<LedgerBalances::Movement> BalanceRepository::MovementsOf(db::Transaction& tx,
                                                                     AccountId customer,
                                                                     CivilTime from, CivilTime to) {
    std::vector<Movement> movements;
    for (const db::Row row : tx.Query(kMovements, {customer, Instant(from), Instant(to)})) {
        Movement movement{std::chrono::floor<std::chrono::seconds>(row.Time(0)),
                          std::string(row.Text(1)), std::nullopt,
                          Money(row.Int64(4), *Currency::Parse(row.Text(3)))};
        if (!row.IsNull(2)) movement.document = row.As<InvoiceId>(2);
        movements.push_back(std::move(movement));
    }
    return movements;
}

std::vector<LedgerBalances::Opening> BalanceRepository::OpeningsOf(db::Transaction& tx,
                                                                   AccountId customer,
                                                                   CivilTime before) {
    std::vector<Opening> openings;
    for (const db::Row row : tx.Query(kOpenings, {customer, Instant(before)})) {
        openings.push_back({Money(row.Int64(1), *Currency::Parse(row.Text(0))),
                            std::chrono::floor<std::chrono::seconds>(row.Time(2))});
    }
    return openings;
}

void BalanceRepository::FindUnbalanced(db::Transaction& tx,
                                       const std::function<void(Violation)>& report) {
    for (const db::Row row : tx.Query(kUnbalanced, {})) {
        const Money off(row.Int64(2), *Currency::Parse(row.Text(1)));
        report({row.As<JournalEntryId>(0).ToString(),
                fmt::format("is off by {} {}", off.ToDecimal(), off.currency().code())});
    }
}

void BalanceRepository::FindTorn(db::Transaction& tx,
                                 const std::function<void(Violation)>& report) {
    for (const db::Row row : tx.Query(kTorn, {}))
        report({row.As<JournalEntryId>(0).ToString(), "has no postings"});
}

}  // namespace livery::ledger
