#include "storage/refund_repository.h"

#include <livery/check.h>

namespace livery::payments {

namespace {

using db::Row;
using db::Statement;

#define PAYMENTS_REFUND_COLUMNS                                                             \
    "r.id, r.payment_id, r.account_id, r.kind, r.state, r.attempt, r.reference, r.amount, " \
    "r.currency, r.noted_id, r.provider_id, r.reason, r.began_at, r.sent_by, r.looks, "     \
    "r.next_look_at, r.receipt, COALESCE(r.shown_at, r.began_at) "

constexpr Statement kAdd{
    "payments.add_refund",
    "INSERT INTO payments_refund (tenant_id, id, payment_id, account_id, kind, state, attempt, "
    "reference, amount, currency, noted_id, provider_id, reason, began_at, sent_by, looks, "
    "next_look_at, receipt, shown_at) VALUES (:tenant, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
    "?, ?, ?, ?)"};
constexpr Statement kSave{
    "payments.save_refund",
    "UPDATE payments_refund SET state = ?, provider_id = ?, looks = ?, next_look_at = ?, receipt = "
    "? WHERE tenant_id = :tenant AND id = ?"};
constexpr Statement kLock{"payments.lock_refund",
                          "SELECT " PAYMENTS_REFUND_COLUMNS
                          "FROM payments_refund r WHERE r.tenant_id = :tenant AND r.id = ? FOR "
                          "UPDATE"};
// By what the references say: chargebacks of before have some of the refunds' series.
constexpr Statement kLast{
    "payments.last_refund",
    "SELECT COALESCE(MAX(attempt), 0) FROM payments_refund WHERE tenant_id = :tenant AND "
    "payment_id = ? AND reference LIKE CONCAT(?, '-%')"};
constexpr Statement kGiven{"payments.given_refunds",
                           "SELECT " PAYMENTS_REFUND_COLUMNS
                           "FROM payments_refund r WHERE r.tenant_id = :tenant AND r.payment_id = "
                           "? AND r.kind = 'refund' AND r.state = 'succeeded' ORDER BY r.id"};
constexpr Statement kOnTheirWay{
    "payments.refunds_on_their_way",
    "SELECT " PAYMENTS_REFUND_COLUMNS
    "FROM payments_refund r WHERE r.tenant_id = :tenant AND r.account_id = ? AND r.kind = 'refund' "
    "AND r.state IN ('created', 'pending', 'unknown', 'held') ORDER BY r.id"};
constexpr Statement kRefunded{
    "payments.refunded",
    "SELECT CAST(COALESCE(SUM(amount), 0) AS SIGNED) FROM payments_refund WHERE tenant_id = "
    ":tenant AND payment_id = ? AND kind = 'refund' AND state = 'succeeded'"};
constexpr Statement kChargedBack{
    "payments.charged_back",
    "SELECT CAST(COALESCE(SUM(CASE kind WHEN 'chargeback' THEN amount WHEN 'reversal' THEN -amount "
    "ELSE 0 END), 0) AS SIGNED) FROM payments_refund WHERE tenant_id = :tenant AND payment_id = ?"};
constexpr Statement kHeldByBank{
    "payments.held_by_bank",
    "SELECT payment_id, SUM(CASE kind WHEN 'chargeback' THEN amount ELSE -amount END) AS held FROM "
    "payments_refund WHERE tenant_id = :tenant AND account_id = ? AND kind IN ('chargeback', "
    "'reversal') GROUP BY payment_id HAVING held > 0"};
constexpr Statement kGivenByProvider{
    "payments.given_by_provider",
    "SELECT DISTINCT payment_id FROM payments_refund WHERE tenant_id = :tenant AND account_id = ? "
    "AND kind = 'refund' AND state = 'succeeded' AND reason = ?"};
constexpr Statement kOfPayment{
    "payments.refunds_of", "SELECT " PAYMENTS_REFUND_COLUMNS
                           "FROM payments_refund r WHERE r.tenant_id = :tenant AND r.payment_id = "
                           "? ORDER BY r.id"};
constexpr Statement kOfPayments{
    "payments.refunds_of_many",
    "SELECT " PAYMENTS_REFUND_COLUMNS
    "FROM payments_refund r WHERE r.tenant_id = :tenant AND r.account_id = ? AND r.payment_id "
    "BETWEEN ? AND ? ORDER BY r.id"};
constexpr Statement kPaymentOf{
    "payments.payment_of_refund",
    "SELECT payment_id FROM payments_refund WHERE tenant_id = :tenant AND id = ?"};
constexpr Statement kFind{"payments.find_refund",
                          "SELECT " PAYMENTS_REFUND_COLUMNS
                          "FROM payments_refund r WHERE r.tenant_id = :tenant AND r.id = ?"};
constexpr Statement kPage{
    "payments.page_of_refunds",
    "SELECT " PAYMENTS_REFUND_COLUMNS
    "FROM payments_refund r WHERE r.tenant_id = :tenant AND (? IS NULL OR r.account_id = ?) "
    "AND (? IS NULL OR r.id < ?) ORDER BY r.id DESC LIMIT ?"};
constexpr Statement kDue{"payments.due_refunds",
                         "SELECT " PAYMENTS_REFUND_COLUMNS
                         "FROM payments_refund r WHERE r.tenant_id = :tenant AND r.next_look_at <= "
                         "? ORDER BY r.next_look_at LIMIT ?"};
constexpr Statement kPostpone{
    "payments.postpone_refund",
    "UPDATE payments_refund SET next_look_at = ? WHERE tenant_id = :tenant AND id = ? AND "
    "next_look_at < ?"};
constexpr Statement kByProvider{
    "payments.refund_by_provider",
    "SELECT " PAYMENTS_REFUND_COLUMNS
    "FROM payments_refund r JOIN payments_payment p ON p.tenant_id = r.tenant_id AND p.id = "
    "r.payment_id WHERE r.tenant_id = :tenant AND r.kind = 'refund' AND p.instance = ? AND "
    "(r.provider_id = ? OR "
    "r.reference = ?) LIMIT 1"};

Refund RefundOf(const Row& row) {
    const auto kind = RefundKindFrom(row.Text(3));
    const auto state = RefundStateFrom(row.Text(4));
    LIVERY_CHECK(kind && state, "a word of a refund that nobody knows");
    const auto payment = row.As<PaymentId>(1);
    Refund refund{.id = row.As<RefundId>(0),
                  .payment = payment,
                  .account = row.As<AccountId>(2),
                  .kind = *kind,
                  .state = *state,
                  .key = {SeriesOf(*kind), payment.uuid(), row.Int(5)},
                  .reference = std::string(row.Text(6)),
                  .amount = Money(row.Int64(7), *Currency::Parse(row.Text(8))),
                  .provider_id = row.MaybeText(10).value_or(""),
                  .reason = std::string(row.Text(11)),
                  .began_at = row.Time(12),
                  .shown_at = row.Time(17),
                  .sent_by = row.Time(13),
                  .looks = row.Int(14),
                  .next_look_at = row.MaybeTime(15),
                  .receipt = row.MaybeText(16).value_or("")};
    if (!row.IsNull(9)) refund.noted = row.As<InvoiceId>(9);
    return refund;
}

std::optional<std::string_view> Filled(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional<std::string_view>(text);
}

std::optional<Refund> OnlyOf(const db::Rows& rows) {
    if (rows.empty()) return std::nullopt;
    return RefundOf(rows[0]);
}

std::vector<Refund> AllOf(const db::Rows& rows) {
    std::vector<Refund> refunds;
    for (const Row row : rows) refunds.push_back(RefundOf(row));
    return refunds;
}

}  // namespace

void RefundRepository::Add(db::Transaction& tx, const Refund& refund) {
    tx.Execute(kAdd, {refund.id, refund.payment, refund.account, ToString(refund.kind),
                      ToString(refund.state), refund.key.attempt, refund.reference,
                      refund.amount.minor_units(), refund.amount.currency().code(), refund.noted,
                      Filled(refund.provider_id), refund.reason, refund.began_at, refund.sent_by,
                      refund.looks, refund.next_look_at, Filled(refund.receipt), refund.shown_at});
}

void RefundRepository::Save(db::Transaction& tx, const Refund& refund) {
    const auto rows =
        tx.Execute(kSave, {ToString(refund.state), Filled(refund.provider_id), refund.looks,
                           refund.next_look_at, Filled(refund.receipt), refund.id});
    LIVERY_CHECK(rows == 1, "a refund that was never begun");
}

std::optional<Refund> RefundRepository::Lock(db::Transaction& tx, RefundId id) {
    return OnlyOf(tx.Query(kLock, {id}));
}

int RefundRepository::LastOf(db::Transaction& tx, PaymentId payment, AttemptKey::Kind series) {
    const std::string prefix(1, static_cast<char>(series));
    return static_cast<int>(tx.Query(kLast, {payment, prefix}).Only().Int64(0));
}

std::vector<Refund> RefundRepository::GivenOf(db::Transaction& tx, PaymentId payment) {
    return AllOf(tx.Query(kGiven, {payment}));
}

std::vector<Refund> RefundRepository::OnTheirWay(db::Transaction& tx, AccountId account) {
    return AllOf(tx.Query(kOnTheirWay, {account}));
}

Money RefundRepository::RefundedOf(db::Transaction& tx, const Payment& payment) {
    return {tx.Query(kRefunded, {payment.id}).Only().Int64(0), payment.amount.currency()};
}

Money RefundRepository::ChargedBackOf(db::Transaction& tx, const Payment& payment) {
    return {tx.Query(kChargedBack, {payment.id}).Only().Int64(0), payment.amount.currency()};
}

std::vector<PaymentId> RefundRepository::HeldByBank(db::Transaction& tx, AccountId account) {
    std::vector<PaymentId> payments;
    for (const Row row : tx.Query(kHeldByBank, {account})) payments.push_back(row.As<PaymentId>(0));
    return payments;
}

std::vector<PaymentId> RefundRepository::GivenByProvider(db::Transaction& tx, AccountId account) {
    std::vector<PaymentId> payments;
    for (const Row row : tx.Query(kGivenByProvider, {account, kUnorderedReason}))
        payments.push_back(row.As<PaymentId>(0));
    return payments;
}

std::vector<Refund> RefundRepository::OfPayment(db::Transaction& tx, PaymentId payment) {
    return AllOf(tx.Query(kOfPayment, {payment}));
}

std::vector<Refund> RefundRepository::OfPayment(db::Database& database, const TenantId& tenant,
                                                PaymentId payment) {
    return AllOf(database.Query(tenant, kOfPayment, {payment}));
}

std::multimap<PaymentId, Refund> RefundRepository::OfPayments(db::Database& database,
                                                              const TenantId& tenant,
                                                              AccountId account, PaymentId first,
                                                              PaymentId last) {
    std::multimap<PaymentId, Refund> refunds;
    for (Refund& refund : AllOf(database.Query(tenant, kOfPayments, {account, first, last})))
        refunds.emplace(refund.payment, std::move(refund));
    return refunds;
}

std::optional<PaymentId> RefundRepository::PaymentOf(db::Transaction& tx, RefundId id) {
    const db::Rows rows = tx.Query(kPaymentOf, {id});
    if (rows.empty()) return std::nullopt;
    return rows[0].As<PaymentId>(0);
}

std::optional<Refund> RefundRepository::Find(db::Database& database, const TenantId& tenant,
                                             RefundId id) {
    return OnlyOf(database.Query(tenant, kFind, {id}));
}

std::vector<Refund> RefundRepository::Page(db::Database& database, const TenantId& tenant,
                                           std::optional<AccountId> account,
                                           std::optional<RefundId> before, std::size_t most) {
    return AllOf(database.Query(tenant, kPage, {account, account, before, before, most}));
}

std::vector<Refund> RefundRepository::Due(db::Database& database, const TenantId& tenant,
                                          Instant now, std::size_t most) {
    return AllOf(database.Query(tenant, kDue, {now, most}));
}

std::optional<Refund> RefundRepository::ByProvider(db::Database& database, const TenantId& tenant,
                                                   const std::string& instance,
                                                   const std::string& provider_id,
                                                   const std::string& reference) {
    return OnlyOf(database.Query(tenant, kByProvider, {instance, provider_id, reference}));
}

void RefundRepository::Postpone(db::Transaction& tx, RefundId id, Instant until) {
    tx.Execute(kPostpone, {until, id, until});
}

}  // namespace livery::payments
