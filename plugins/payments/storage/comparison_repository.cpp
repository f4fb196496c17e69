#include "storage/comparison_repository.h"

#include <livery/check.h>
#include <livery/db/failure.h>

namespace livery::payments {

namespace {

using db::Row;
using db::Statement;

constexpr Statement kAdd{
    "payments.add_difference",
    "INSERT INTO payments_difference (tenant_id, id, instance, kind, about, provider_id, "
    "reference, payment_id, here, here_currency, there, there_currency, found_at, closed_by, "
    "answer) VALUES (:tenant, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', '')"};
#define PAYMENTS_DIFFERENCE                                                                \
    "id, instance, kind, about, provider_id, reference, payment_id, here, here_currency, " \
    "there, there_currency, found_at FROM payments_difference WHERE tenant_id = :tenant "
constexpr Statement kListOpen{"payments.open_differences",
                              "SELECT " PAYMENTS_DIFFERENCE
                              "AND closed_at IS NULL ORDER BY found_at, id LIMIT 200"};
constexpr Statement kLockOpen{"payments.lock_difference",
                              "SELECT " PAYMENTS_DIFFERENCE
                              "AND id = ? AND closed_at IS NULL FOR UPDATE"};
constexpr Statement kClose{
    "payments.close_difference",
    "UPDATE payments_difference SET closed_at = ?, closed_by = ?, answer = ? WHERE tenant_id = "
    ":tenant AND id = ?"};
constexpr Statement kBegin{
    "payments.begin_comparison",
    "INSERT INTO payments_comparison (tenant_id, instance, day, began_at, listed, matched, "
    "differences) VALUES (:tenant, ?, ?, ?, 0, 0, 0) ON DUPLICATE KEY UPDATE listed = listed"};
constexpr Statement kEnd{
    "payments.end_comparison",
    "UPDATE payments_comparison SET ended_at = ?, listed = ?, matched = ?, differences = ? WHERE "
    "tenant_id = :tenant AND instance = ? AND day = ?"};
constexpr Statement kUnfinished{
    "payments.unfinished_comparisons",
    "SELECT instance, day FROM payments_comparison WHERE tenant_id = :tenant AND ended_at IS NULL "
    "ORDER BY began_at LIMIT 100"};
constexpr Statement kEndedDays{
    "payments.ended_comparisons",
    "SELECT day FROM payments_comparison WHERE tenant_id = :tenant AND instance = ? AND day <= ? "
    "AND ended_at IS NOT NULL ORDER BY day DESC LIMIT ?"};
constexpr Statement kFee{
    "payments.listed_fee",
    "SELECT fee, currency FROM payments_listed WHERE tenant_id = :tenant AND instance = ? AND kind "
    "= ? AND provider_id = ?"};
constexpr Statement kKeepFee{
    "payments.keep_fee",
    "INSERT INTO payments_listed (tenant_id, instance, kind, provider_id, fee, currency, "
    "first_seen) VALUES (:tenant, ?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE fee = fee"};

std::optional<std::int64_t> UnitsOf(const std::optional<Money>& amount) {
    return amount ? std::optional(amount->minor_units()) : std::nullopt;
}
std::optional<std::string> CodeOf(const std::optional<Money>& amount) {
    return amount ? std::optional(std::string(amount->currency().code())) : std::nullopt;
}
std::optional<Money> MoneyAt(const Row& row, std::size_t column) {
    if (row.IsNull(column)) return std::nullopt;
    return Money(row.Int64(column), *Currency::Parse(row.Text(column + 1)));
}

OpenDifference DifferenceOf(const Row& row) {
    const auto kind = DifferenceKindFrom(row.Text(2));
    const auto about = MoveKindFrom(row.Text(3));
    LIVERY_CHECK(kind && about, "a word of a difference that nobody knows");
    Difference difference{
        *kind,        *about,          std::string(row.Text(4)), std::string(row.Text(5)),
        std::nullopt, MoneyAt(row, 7), MoneyAt(row, 9)};
    if (!row.IsNull(6)) difference.payment = row.As<PaymentId>(6);
    return {row.As<DifferenceId>(0), std::string(row.Text(1)), difference, row.Time(11)};
}

}  // namespace

bool DifferenceRepository::Add(db::Transaction& tx, const OpenDifference& found) {
    const Difference& difference = found.difference;
    const auto here = CodeOf(difference.here);
    const auto there = CodeOf(difference.there);
    // What has no id of the provider is told from others by our reference.
    const std::string& subject =
        difference.provider_id.empty() ? difference.reference : difference.provider_id;
    try {
        tx.Execute(kAdd,
                   {found.id, found.instance, ToString(difference.kind), ToString(difference.about),
                    subject, difference.reference, difference.payment, UnitsOf(difference.here),
                    here, UnitsOf(difference.there), there, found.found_at});
        return true;
    } catch (const db::DuplicateKey&) {
        return false;
    }
}

std::vector<OpenDifference> DifferenceRepository::ListOpen(db::Database& database,
                                                           const TenantId& tenant) {
    std::vector<OpenDifference> open;
    for (const Row row : database.Query(tenant, kListOpen, {})) open.push_back(DifferenceOf(row));
    return open;
}

std::optional<OpenDifference> DifferenceRepository::LockOpen(db::Transaction& tx, DifferenceId id) {
    const db::Rows rows = tx.Query(kLockOpen, {id});
    if (rows.empty()) return std::nullopt;
    return DifferenceOf(rows[0]);
}

void DifferenceRepository::Close(db::Transaction& tx, DifferenceId id, Instant now,
                                 const std::string& by, const std::string& answer) {
    tx.Execute(kClose, {now, by, answer, id});
}

void ComparisonRepository::Begin(db::Transaction& tx, const Day& day, Instant now) {
    tx.Execute(kBegin, {day.instance, day.day, now});
}

void ComparisonRepository::End(db::Transaction& tx, const Day& day, Instant now, std::size_t listed,
                               std::size_t matched, std::size_t differences) {
    tx.Execute(kEnd, {now, listed, matched, differences, day.instance, day.day});
}

std::vector<ComparisonRepository::Day> ComparisonRepository::Unfinished(db::Database& database,
                                                                        const TenantId& tenant) {
    std::vector<Day> days;
    for (const Row row : database.Query(tenant, kUnfinished, {}))
        days.push_back({std::string(row.Text(0)), row.Date(1)});
    return days;
}

std::set<Date> ComparisonRepository::EndedDays(db::Database& database, const TenantId& tenant,
                                               const Day& last, std::size_t most) {
    std::set<Date> days;
    for (const Row row : database.Query(tenant, kEndedDays, {last.instance, last.day, most}))
        days.insert(row.Date(0));
    return days;
}

std::optional<Money> ComparisonRepository::FeeOf(db::Database& database, const TenantId& tenant,
                                                 const std::string& instance,
                                                 const ListedMove& move) {
    const db::Rows rows =
        database.Query(tenant, kFee, {instance, ToString(move.kind), move.provider_id});
    return rows.empty() ? std::nullopt : MoneyAt(rows[0], 0);
}

void ComparisonRepository::KeepFee(db::Transaction& tx, const std::string& instance,
                                   const ListedMove& move, Instant now) {
    if (!move.fee) return;
    tx.Execute(kKeepFee, {instance, ToString(move.kind), move.provider_id, move.fee->minor_units(),
                          move.fee->currency().code(), now});
}

}  // namespace livery::payments
