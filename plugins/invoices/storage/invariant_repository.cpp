#include "storage/invariant_repository.h"

#include <fmt/format.h>

#include "storage/book_rows.h"

namespace livery::invoices {

namespace {

using db::Row;
using db::Statement;

constexpr Statement kWrongSums{
    "invoices.wrong_sums",
    "SELECT d.number, d.currency, d.net, d.tax, CAST(SUM(l.net) AS SIGNED), CAST(SUM(l.tax) AS "
    "SIGNED) FROM invoices_document d JOIN invoices_line l ON l.tenant_id = d.tenant_id AND "
    "l.document_id = d.id WHERE d.tenant_id = :tenant AND d.number IS NOT NULL GROUP BY d.id, "
    "d.number, d.currency, d.net, d.tax HAVING d.net <> SUM(l.net) OR d.tax <> SUM(l.tax) LIMIT "
    "1000"};
constexpr Statement kWrongBalances{
    "invoices.wrong_balances",
    "SELECT d.number, d.currency, d.status, " INVOICES_BALANCE
    " FROM invoices_document d WHERE d.tenant_id = :tenant AND d.number IS NOT NULL AND "
    "d.status <> 'void' AND (" INVOICES_BALANCE
    " < 0 OR (d.status IN ('paid', 'written_off')) <> "
    "(" INVOICES_BALANCE " = 0)) LIMIT 1000"};
constexpr Statement kNumberGaps{
    "invoices.number_gaps",
    "SELECT c.series, c.year, c.last_number, (SELECT COUNT(*) FROM invoices_document d WHERE "
    "d.tenant_id = c.tenant_id AND d.number BETWEEN CONCAT(c.series, '-', c.year, '-') AND "
    "CONCAT(c.series, '-', c.year, '-:')) AS there FROM invoices_counter c WHERE c.tenant_id = "
    ":tenant HAVING there <> c.last_number"};
constexpr Statement kOverlaps{
    "invoices.overlaps",
    "SELECT a.subscription_id, da.number, db.number FROM invoices_line a JOIN invoices_line b ON "
    "b.tenant_id = a.tenant_id AND b.subscription_id = a.subscription_id AND a.id < b.id AND "
    "a.covers_from < b.covers_to AND b.covers_from < a.covers_to JOIN invoices_document da ON "
    "da.tenant_id = a.tenant_id AND da.id = a.document_id JOIN invoices_document db ON "
    "db.tenant_id = b.tenant_id AND db.id = b.document_id WHERE a.tenant_id = :tenant AND "
    "a.kind = 'recurring' AND b.kind = 'recurring' AND NOT EXISTS (SELECT 1 FROM invoices_line r "
    "WHERE r.tenant_id = a.tenant_id AND r.subscription_id = a.subscription_id AND r.corrects_id "
    "IN (a.id, b.id)) LIMIT 1000"};
constexpr Statement kChangedPapers{
    "invoices.changed_papers",
    "SELECT document_id FROM invoices_paper WHERE tenant_id = :tenant AND sha256 <> "
    "UNHEX(SHA2(pdf, 256)) LIMIT 1000"};
constexpr Statement kAccounts{"invoices.accounts",
                              "SELECT account_id FROM invoices_account WHERE tenant_id = :tenant "
                              "AND account_id > ? ORDER BY account_id LIMIT ?"};
constexpr Statement kOwedInRange{
    "invoices.owed_in_range",
    "SELECT d.account_id, d.currency, CAST(SUM(" INVOICES_BALANCE
    ") AS SIGNED) FROM invoices_document d WHERE d.tenant_id = :tenant AND d.account_id > ? AND "
    "d.account_id <= ? AND d.number IS NOT NULL AND d.status <> 'void' GROUP BY d.account_id, "
    "d.currency HAVING SUM(" INVOICES_BALANCE ") <> 0 ORDER BY d.account_id"};
constexpr Statement kCreditInRange{
    "invoices.all_credit_in_range",
    "SELECT account_id, currency, amount FROM invoices_credit WHERE tenant_id = :tenant AND "
    "account_id > ? AND account_id <= ? AND amount <> 0 ORDER BY account_id"};

std::string Text(std::int64_t minor, std::string_view currency) {
    return Money(minor, *Currency::Parse(currency)).ToDecimal();
}

std::vector<InvariantRepository::Standing> StandingsOf(const db::Rows& rows) {
    std::vector<InvariantRepository::Standing> standings;
    for (const Row row : rows)
        standings.push_back(
            {row.As<AccountId>(0), Money(row.Int64(2), *Currency::Parse(row.Text(1)))});
    return standings;
}

}  // namespace

void InvariantRepository::FindWrongSums(db::Transaction& tx, const Report& report) {
    for (const Row row : tx.Query(kWrongSums, {})) {
        const std::string_view currency = row.Text(1);
        report({std::string(row.Text(0)),
                fmt::format("says {} + {}, its lines {} + {}", Text(row.Int64(2), currency),
                            Text(row.Int64(3), currency), Text(row.Int64(4), currency),
                            Text(row.Int64(5), currency))});
    }
}

void InvariantRepository::FindWrongBalances(db::Transaction& tx, const Report& report) {
    for (const Row row : tx.Query(kWrongBalances, {})) {
        report({std::string(row.Text(0)), fmt::format("is {} with a balance of {}", row.Text(2),
                                                      Text(row.Int64(3), row.Text(1)))});
    }
}

void InvariantRepository::FindNumberGaps(db::Transaction& tx, const Report& report) {
    for (const Row row : tx.Query(kNumberGaps, {})) {
        report({fmt::format("{}-{}", row.Text(0), row.Int64(1)),
                fmt::format("{} numbers were drawn, {} documents have one", row.Int64(2),
                            row.Int64(3))});
    }
}

void InvariantRepository::FindOverlaps(db::Transaction& tx, const Report& report) {
    for (const Row row : tx.Query(kOverlaps, {})) {
        report({row.As<SubscriptionId>(0).ToString(),
                fmt::format("is charged for the same time on {} and {}",
                            row.MaybeText(1).value_or("a draft"),
                            row.MaybeText(2).value_or("a draft"))});
    }
}

void InvariantRepository::FindChangedPapers(db::Transaction& tx, const Report& report) {
    for (const Row row : tx.Query(kChangedPapers, {}))
        report({row.As<InvoiceId>(0).ToString(), "its PDF is not the one that was made"});
}

std::vector<AccountId> InvariantRepository::Accounts(db::Transaction& tx, AccountId after,
                                                     std::size_t limit) {
    std::vector<AccountId> accounts;
    for (const Row row : tx.Query(kAccounts, {after, limit}))
        accounts.push_back(row.As<AccountId>(0));
    return accounts;
}

std::vector<InvariantRepository::Standing> InvariantRepository::OwedInRange(db::Transaction& tx,
                                                                            AccountId after,
                                                                            AccountId last) {
    return StandingsOf(tx.Query(kOwedInRange, {after, last}));
}

std::vector<InvariantRepository::Standing> InvariantRepository::CreditInRange(db::Transaction& tx,
                                                                              AccountId after,
                                                                              AccountId last) {
    return StandingsOf(tx.Query(kCreditInRange, {after, last}));
}

}  // namespace livery::invoices
