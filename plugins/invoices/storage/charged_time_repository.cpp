#include "storage/charged_time_repository.h"

#include "storage/book_rows.h"

namespace livery::invoices {

namespace {

using db::Row;
using db::Statement;

constexpr Statement kCharged{
    "invoices.charged_time",
    "SELECT " INVOICES_LINE_COLUMNS
    ", l.account_id, d.number, d.status FROM invoices_line l JOIN invoices_document d ON "
    "d.tenant_id = l.tenant_id AND d.id = l.document_id WHERE l.tenant_id = :tenant AND "
    "l.account_id > ? AND l.account_id <= ? AND l.subscription_id IS NOT NULL AND (l.kind = "
    "'recurring' OR l.corrects_id IS NOT NULL) AND NOT (d.status = 'void' AND d.number IS NULL) "
    "ORDER BY l.account_id, l.document_id, l.position"};
constexpr Statement kSettled{
    "invoices.settled_after",
    "SELECT subscription_id, settled_to FROM invoices_settled WHERE tenant_id = :tenant AND "
    "account_id > ? AND account_id <= ?"};
constexpr Statement kBilledTo{
    "invoices.billed_to",
    "SELECT MAX(LEAST(as_of, run_at - INTERVAL 1 DAY)) FROM invoices_run WHERE tenant_id = "
    ":tenant"};

constexpr int kAccount = 12;
constexpr int kNumber = 13;
constexpr int kStatus = 14;

}  // namespace

std::map<SubscriptionId, ChargedTimeRepository::Charged> ChargedTimeRepository::OfRange(
    db::Transaction& tx, AccountId after, AccountId last) {
    std::map<SubscriptionId, Charged> charged;
    std::vector<Line> corrections;
    for (const Row row : tx.Query(kCharged, {after, last})) {
        Line line = LineOf(row);
        if (line.corrects) {
            corrections.push_back(std::move(line));
            continue;
        }
        Charged& of = charged[*line.subscription];
        of.account = row.As<AccountId>(kAccount);
        ChargedLine& added = of.lines.emplace_back(
            ChargedLine{std::string(row.MaybeText(kNumber).value_or("")), BilledLine::Of(line)});
        added.billed.is_written_off = row.Text(kStatus) == ToString(Status::kWrittenOff);
    }
    for (const Line& correction : corrections) {
        for (ChargedLine& line : charged[*correction.subscription].lines) {
            if (line.billed.line.id == *correction.corrects) line.billed.Give(correction);
        }
    }
    return charged;
}

std::map<SubscriptionId, CivilTime> ChargedTimeRepository::SettledInRange(db::Transaction& tx,
                                                                          AccountId after,
                                                                          AccountId last) {
    std::map<SubscriptionId, CivilTime> settled;
    for (const Row row : tx.Query(kSettled, {after, last}))
        settled.emplace(row.As<SubscriptionId>(0), CivilOf(row.Time(1)));
    return settled;
}

std::optional<CivilTime> ChargedTimeRepository::BilledTo(db::Transaction& tx) {
    const db::Rows rows = tx.Query(kBilledTo, {});
    for (const Row row : rows) {
        if (!row.IsNull(0)) return CivilOf(row.Time(0));
    }
    return std::nullopt;
}

}  // namespace livery::invoices
