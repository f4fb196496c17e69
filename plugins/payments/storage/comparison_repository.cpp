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
#define PAYMENTS_OTHER_AMOUNTS                                                                     \
    "tenant_id = :tenant AND instance = ? AND kind = ? AND about = ? AND provider_id = ? AND NOT " \
    "(here <=> ? AND here_currency <=> ? AND there <=> ? AND there_currency <=> ?)"
constexpr Statement kAmend{
    "payments.amend_difference",
    "UPDATE payments_difference SET reference = ?, payment_id = ?, here = ?, here_currency = ?, "
    "there = ?, there_currency = ? WHERE closed_at IS NULL AND " PAYMENTS_OTHER_AMOUNTS};
constexpr Statement kOpenAgain{
    "payments.open_difference_again",
    "UPDATE payments_difference SET reference = ?, payment_id = ?, here = ?, here_currency = ?, "
    "there = ?, there_currency = ?, found_at = ?, closed_at = NULL, closed_by = '', answer = '' "
    "WHERE closed_at IS NOT NULL AND " PAYMENTS_OTHER_AMOUNTS};
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
constexpr Statement kRefundsBetween{
    "payments.refunds_between",
    "SELECT r.payment_id, r.provider_id, r.reference, r.amount, r.currency FROM payments_refund r "
    "JOIN payments_payment p ON p.tenant_id = r.tenant_id AND p.id = r.payment_id WHERE "
    "r.tenant_id = :tenant AND p.instance = ? AND r.kind = 'refund' AND r.state = 'succeeded' AND "
    "r.began_at >= ? AND r.began_at < ?"};
constexpr Statement kChargedBackBetween{
    "payments.charged_back_between",
    "SELECT DISTINCT r.payment_id FROM payments_refund r JOIN payments_payment p ON p.tenant_id = "
    "r.tenant_id AND p.id = r.payment_id WHERE r.tenant_id = :tenant AND p.instance = ? AND r.kind "
    "IN ('chargeback', 'reversal') AND r.reason = 'bank' AND r.began_at >= ? AND r.began_at < ?"};
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

// What has no id of the provider is told from others by our reference.
const std::string& SubjectOf(const Difference& difference) {
    return difference.provider_id.empty() ? difference.reference : difference.provider_id;
}

// Nobody has decided on these amounts yet: whether it is open again because of them.
bool IsOtherByNow(db::Transaction& tx, const OpenDifference& found) {
    const Difference& now = found.difference;
    const auto here = UnitsOf(now.here);
    const auto there = UnitsOf(now.there);
    const auto here_in = CodeOf(now.here);
    const auto there_in = CodeOf(now.there);
    tx.Execute(kAmend, {now.reference, now.payment, here, here_in, there, there_in, found.instance,
                        ToString(now.kind), ToString(now.about), SubjectOf(now), here, here_in,
                        there, there_in});
    return tx.Execute(kOpenAgain,
                      {now.reference, now.payment, here, here_in, there, there_in, found.found_at,
                       found.instance, ToString(now.kind), ToString(now.about), SubjectOf(now),
                       here, here_in, there, there_in}) > 0;
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
    try {
        tx.Execute(kAdd, {found.id, found.instance, ToString(difference.kind),
                          ToString(difference.about), SubjectOf(difference), difference.reference,
                          difference.payment, UnitsOf(difference.here), here,
                          UnitsOf(difference.there), there, found.found_at});
        return true;
    } catch (const db::DuplicateKey&) {
        return IsOtherByNow(tx, found);
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

std::vector<BookedMove> ComparisonRepository::RefundsBetween(db::Database& database,
                                                             const TenantId& tenant,
                                                             const std::string& instance,
                                                             Instant from, Instant until) {
    std::vector<BookedMove> refunds;
    for (const Row row : database.Query(tenant, kRefundsBetween, {instance, from, until}))
        refunds.push_back({MoveKind::kRefund, row.As<PaymentId>(0), row.MaybeText(1).value_or(""),
                           std::string(row.Text(2)), *MoneyAt(row, 3)});
    return refunds;
}

std::vector<PaymentId> ComparisonRepository::ChargedBackBetween(db::Database& database,
                                                                const TenantId& tenant,
                                                                const std::string& instance,
                                                                Instant from, Instant until) {
    std::vector<PaymentId> payments;
    for (const Row row : database.Query(tenant, kChargedBackBetween, {instance, from, until}))
        payments.push_back(row.As<PaymentId>(0));
    return payments;
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
