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
// What was kept for lists is what the lines cover, as far as they cover any time; where nothing was
// kept, lists look at the lines.
constexpr Statement kWrongPeriods{
    "invoices.wrong_periods",
    "SELECT d.number FROM invoices_document d LEFT JOIN (SELECT document_id, MIN(covers_from) AS "
    "covers_from, MAX(covers_to) AS covers_to FROM invoices_line WHERE tenant_id = :tenant AND "
    "covers_from < covers_to GROUP BY document_id) l ON l.document_id = d.id WHERE d.tenant_id = "
    ":tenant AND d.number IS NOT NULL AND d.covers_from IS NOT NULL AND NOT (d.covers_from <=> "
    "l.covers_from AND d.covers_to <=> "
    "l.covers_to) LIMIT 1000"};
constexpr Statement kWrongBalances{
    "invoices.wrong_balances",
    "SELECT d.number, d.currency, d.status, " INVOICES_BALANCE
    " FROM invoices_document d WHERE d.tenant_id = :tenant AND d.number IS NOT NULL AND "
    "d.status <> 'void' AND (" INVOICES_BALANCE
    " < 0 OR (d.status IN ('paid', 'written_off')) <> "
    "(" INVOICES_BALANCE " = 0)) LIMIT 1000"};
// What credit notes were set off against: of the same account, no more than each gave, nor than
// each invoice was given.
constexpr Statement kWrongSetOff{
    "invoices.wrong_set_off",
    "SELECT s.note_id FROM invoices_set_off s LEFT JOIN invoices_document n ON n.tenant_id = "
    "s.tenant_id AND n.id = s.note_id AND n.account_id = s.account_id AND n.kind = 'credit_note' "
    "WHERE s.tenant_id = :tenant GROUP BY s.note_id, n.id, n.account_credit HAVING n.id IS NULL OR "
    "SUM(s.amount) > n.account_credit LIMIT 1000"};
constexpr Statement kWrongSetOffOn{
    "invoices.wrong_set_off_on",
    "SELECT s.invoice_id FROM invoices_set_off s LEFT JOIN invoices_document i ON i.tenant_id = "
    "s.tenant_id AND i.id = s.invoice_id AND i.account_id = s.account_id AND i.kind = 'invoice' "
    "WHERE s.tenant_id = :tenant GROUP BY s.invoice_id, i.id, i.account_credit HAVING i.id IS NULL "
    "OR SUM(s.amount) > -i.account_credit LIMIT 1000"};
constexpr Statement kNumberGaps{
    "invoices.number_gaps",
    "SELECT c.series, c.year, c.last_number, (SELECT COUNT(*) FROM invoices_document d WHERE "
    "d.tenant_id = c.tenant_id AND d.number BETWEEN CONCAT(c.series, '-', c.year, '-') AND "
    "CONCAT(c.series, '-', c.year, '-:')) AS there FROM invoices_counter c WHERE c.tenant_id = "
    ":tenant HAVING there <> c.last_number"};
constexpr Statement kOverpaidBack{
    "invoices.overpaid_back",
    "SELECT d.account_id, d.currency, CAST(SUM(d.refunded) AS SIGNED) AS back, (SELECT "
    "CAST(COALESCE(SUM(p.amount), 0) AS SIGNED) FROM invoices_payment p WHERE p.tenant_id = "
    "d.tenant_id AND p.account_id = d.account_id AND p.currency = d.currency) AS got FROM "
    "invoices_document d WHERE d.tenant_id = :tenant GROUP BY d.tenant_id, d.account_id, "
    "d.currency HAVING back > got LIMIT 1000"};
constexpr Statement kStrangeLines{
    "invoices.strange_lines",
    "SELECT l.id FROM invoices_line l JOIN invoices_document d ON d.tenant_id = l.tenant_id AND "
    "d.id = l.document_id WHERE l.tenant_id = :tenant AND l.account_id <> d.account_id LIMIT 1000"};
constexpr Statement kStrangeNotes{
    "invoices.strange_notes",
    "SELECT d.id FROM invoices_document d LEFT JOIN invoices_document o ON o.tenant_id = "
    "d.tenant_id AND o.id = d.corrects_id AND o.account_id = d.account_id WHERE d.tenant_id = "
    ":tenant AND d.corrects_id IS NOT NULL AND o.id IS NULL LIMIT 1000"};
constexpr Statement kStrangeCorrections{
    "invoices.strange_corrections",
    "SELECT l.account_id, l.id FROM invoices_line l WHERE l.tenant_id = :tenant AND l.corrects_id "
    "IS NOT NULL AND NOT EXISTS (SELECT 1 FROM invoices_line o WHERE o.tenant_id = l.tenant_id AND "
    "o.account_id = l.account_id AND o.id = l.corrects_id) LIMIT 1000"};
// Children's invoices on documents that are owed and of which no money went back, with what is left
// of each line.
constexpr Statement kOwedChildLines{
    "invoices.owed_child_lines",
    "SELECT " INVOICES_LINE_COLUMNS
    ", d.number, CAST(l.amount + COALESCE((SELECT SUM(c.amount) FROM invoices_line c WHERE "
    "c.tenant_id = l.tenant_id AND c.account_id = l.account_id AND c.corrects_id = l.id), 0) AS "
    "SIGNED) FROM invoices_document d JOIN invoices_line l ON l.tenant_id = d.tenant_id AND "
    "l.document_id = d.id AND l.kind = 'child' WHERE d.tenant_id = :tenant AND d.status IN "
    "('open', 'partly_paid') AND d.refunded = 0"};
constexpr Statement kBalanceOf{
    "invoices.balance_of", "SELECT d.number, IF(d.status = 'void', 0, " INVOICES_BALANCE
                           ") FROM invoices_document d WHERE d.tenant_id = :tenant AND d.id = ?"};
// As Document::UpdateStatus says. A draft that was thrown away is void without a number.
constexpr Statement kWrongStates{
    "invoices.wrong_states",
    "SELECT COALESCE(d.number, ''), d.id, d.status FROM invoices_document d WHERE d.tenant_id = "
    ":tenant AND IF(d.number IS NULL, d.status NOT IN ('draft', 'pending_tax', 'void') OR "
    "d.issued_at IS NOT NULL, d.issued_at IS NULL OR CASE WHEN d.status = 'void' THEN d.net + "
    "d.tax > 0 AND d.credited <= 0 WHEN d.status = 'written_off' THEN d.written_off = 0 "
    "WHEN " INVOICES_BALANCE
    " <= 0 THEN d.status <> 'paid' WHEN d.paid <> d.refunded OR d.account_credit "
    "< 0 THEN d.status <> 'partly_paid' ELSE d.status <> 'open' END) LIMIT 1000"};
constexpr Statement kChangedPapers{
    "invoices.changed_papers",
    "SELECT document_id FROM invoices_paper WHERE tenant_id = :tenant AND sha256 <> "
    "UNHEX(SHA2(pdf, 256)) LIMIT 1000"};
constexpr Statement kAccounts{"invoices.accounts",
                              "SELECT account_id FROM invoices_account WHERE tenant_id = :tenant "
                              "AND account_id > ? ORDER BY account_id LIMIT ?"};
constexpr Statement kAccountsUpTo{"invoices.accounts_up_to",
                                  "SELECT account_id FROM invoices_account WHERE tenant_id = "
                                  ":tenant AND account_id > ? AND account_id <= ?"};
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
    for (const Row row : tx.Query(kWrongPeriods, {}))
        report({std::string(row.Text(0)), "says it covers another time than its lines"});
}

void InvariantRepository::FindWrongBalances(db::Transaction& tx, const Report& report) {
    for (const Row row : tx.Query(kWrongBalances, {})) {
        report({std::string(row.Text(0)), fmt::format("is {} with a balance of {}", row.Text(2),
                                                      Text(row.Int64(3), row.Text(1)))});
    }
    for (const Row row : tx.Query(kWrongSetOff, {}))
        report({row.As<InvoiceId>(0).ToString(), "was set off for more than it gave"});
    for (const Row row : tx.Query(kWrongSetOffOn, {}))
        report({row.As<InvoiceId>(0).ToString(), "had more set off against it than was used"});
}

void InvariantRepository::FindNumberGaps(db::Transaction& tx, const Report& report) {
    for (const Row row : tx.Query(kNumberGaps, {})) {
        report({fmt::format("{}-{}", row.Text(0), row.Int64(1)),
                fmt::format("{} numbers were drawn, {} documents have one", row.Int64(2),
                            row.Int64(3))});
    }
}

void InvariantRepository::FindOverpaidBack(db::Transaction& tx, const Report& report) {
    for (const Row row : tx.Query(kOverpaidBack, {})) {
        const std::string_view currency = row.Text(1);
        report({row.As<AccountId>(0).ToString(),
                fmt::format("was paid back {} {}, and had paid {}", Text(row.Int64(2), currency),
                            currency, Text(row.Int64(3), currency))});
    }
}

void InvariantRepository::FindStrangers(db::Transaction& tx, const Report& report) {
    for (const Row row : tx.Query(kStrangeLines, {}))
        report({row.As<InvoiceLineId>(0).ToString(), "is on a document of another account"});
    for (const Row row : tx.Query(kStrangeNotes, {}))
        report({row.As<InvoiceId>(0).ToString(), "corrects no document of its account"});
    for (const Row row : tx.Query(kStrangeCorrections, {}))
        report({row.As<InvoiceLineId>(1).ToString(), "gives back no line of its account"});
}

void InvariantRepository::FindWrongStates(db::Transaction& tx, const Report& report) {
    for (const Row row : tx.Query(kWrongStates, {})) {
        const std::string number(row.Text(0));
        report({number.empty() ? row.As<InvoiceId>(1).ToString() : number,
                fmt::format("is {}, which its amounts and dates do not say", row.Text(2))});
    }
}

void InvariantRepository::FindOwedForChildren(db::Transaction& tx, const Report& report) {
    for (const Row row : tx.Query(kOwedChildLines, {})) {
        const Line line = LineOf(row);
        const std::string number(row.Text(12));
        const Money left(row.Int64(13), line.amount.currency());
        for (const Row child : tx.Query(kBalanceOf, {line.child_invoice})) {
            const Money owed(child.Int64(1), line.amount.currency());
            if (left.minor_units() <= owed.minor_units()) continue;
            report({number, fmt::format("asks for {} of {}, of which {} is owed", left.ToDecimal(),
                                        child.Text(0), owed.ToDecimal())});
        }
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

std::vector<AccountId> InvariantRepository::AccountsInRange(db::Transaction& tx, AccountId after,
                                                            AccountId last) {
    std::vector<AccountId> accounts;
    for (const Row row : tx.Query(kAccountsUpTo, {after, last}))
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
