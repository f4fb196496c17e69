#include "storage/payment_invariant_repository.h"

#include <fmt/format.h>

#include "domain/payment.h"

namespace livery::payments {

namespace {

using db::Row;
using db::Statement;

#define PAYMENTS_HAS_MONEY \
    "p.state IN ('partly_captured', 'captured', 'partly_refunded', 'refunded') "

constexpr Statement kUnproved{
    "payments.unproved",
    "SELECT p.id, p.provider_id IS NULL AND p.instance <> '' AS unproved, (SELECT COUNT(*) FROM "
    "payments_receipt r WHERE r.tenant_id = p.tenant_id AND r.payment_id = p.id AND r.refund_id IS "
    "NULL) AS receipts FROM payments_payment p WHERE p.tenant_id = :tenant AND " PAYMENTS_HAS_MONEY
    "HAVING receipts <> 1 OR unproved LIMIT 1000"};
constexpr Statement kOvergiven{
    "payments.overgiven",
    "SELECT p.id, p.given_back, CAST(COALESCE((SELECT SUM(CASE WHEN r.kind = 'reversal' THEN "
    "-r.amount WHEN r.state = 'failed' THEN 0 ELSE r.amount END) FROM payments_refund r WHERE "
    "r.tenant_id = p.tenant_id AND r.payment_id = p.id), 0) AS SIGNED) AS refunds, "
    "IF(p.processed_currency = p.currency, p.processed, p.amount) AS taken FROM payments_payment p "
    "WHERE p.tenant_id = :tenant AND p.state <> 'failed_late' HAVING p.given_back <> refunds OR "
    "p.given_back > COALESCE(taken, 0) LIMIT 1000"};
constexpr Statement kStuckSlots{
    "payments.stuck_slots",
    "SELECT s.payment_id, COALESCE(p.state, 'not there') FROM payments_slot s LEFT JOIN "
    "payments_payment p ON p.tenant_id = s.tenant_id AND p.id = s.payment_id WHERE s.tenant_id = "
    ":tenant AND s.payment_id IS NOT NULL AND (p.id IS NULL OR p.state NOT IN ('created', "
    "'requires_action', 'pending', 'authorised', 'unknown', 'held')) LIMIT 1000"};
constexpr Statement kUnreadLists{
    "payments.unread_lists",
    "SELECT instance, CAST(day AS CHAR) FROM payments_comparison WHERE tenant_id = :tenant AND "
    "ended_at IS NULL AND began_at < UTC_TIMESTAMP(6) - INTERVAL 25 HOUR LIMIT 1000"};
constexpr Statement kForgottenEvents{
    "payments.forgotten_events",
    "SELECT instance, event_id FROM payments_event WHERE tenant_id = :tenant AND handled_at IS "
    "NULL AND received_at < UTC_TIMESTAMP(6) - INTERVAL 25 HOUR LIMIT 1000"};
constexpr Statement kReceiptGaps{
    "payments.receipt_gaps",
    "SELECT c.year, c.last_number, (SELECT COUNT(*) FROM payments_receipt r WHERE r.tenant_id = "
    "c.tenant_id AND r.number BETWEEN CONCAT('RC-', c.year, '-') AND CONCAT('RC-', c.year, '-:')) "
    "AS there FROM payments_counter c WHERE c.tenant_id = :tenant HAVING there <> c.last_number"};

std::string NameOf(const Row& row) { return row.As<PaymentId>(0).ToString(); }

}  // namespace

void PaymentInvariantRepository::FindUnproved(db::Transaction& tx, const Report& report) {
    for (const Row row : tx.Query(kUnproved, {}))
        report({NameOf(row), row.Bool(1) ? "taken without an id of the provider"
                                         : fmt::format("{} receipts", row.Int64(2))});
}

void PaymentInvariantRepository::FindOvergiven(db::Transaction& tx, const Report& report) {
    for (const Row row : tx.Query(kOvergiven, {}))
        report({NameOf(row), fmt::format("{} given back, by its refunds {}, taken {}", row.Int64(1),
                                         row.Int64(2), row.IsNull(3) ? 0 : row.Int64(3))});
}

void PaymentInvariantRepository::FindStuckSlots(db::Transaction& tx, const Report& report) {
    for (const Row row : tx.Query(kStuckSlots, {}))
        report({NameOf(row), fmt::format("keeps an invoice and is {}", row.Text(1))});
}

void PaymentInvariantRepository::FindUnreadLists(db::Transaction& tx, const Report& report) {
    for (const Row row : tx.Query(kUnreadLists, {}))
        report(
            {fmt::format("{}/{}", row.Text(0), row.Text(1)), "its list was never read to its end"});
}

void PaymentInvariantRepository::FindForgottenEvents(db::Transaction& tx, const Report& report) {
    for (const Row row : tx.Query(kForgottenEvents, {}))
        report({fmt::format("{}/{}", row.Text(0), row.Text(1)), "waits for more than a day"});
}

void PaymentInvariantRepository::FindReceiptGaps(db::Transaction& tx, const Report& report) {
    for (const Row row : tx.Query(kReceiptGaps, {}))
        report({fmt::format("RC-{}", row.Int64(0)),
                fmt::format("{} receipts, the last is number {}", row.Int64(2), row.Int64(1))});
}

}  // namespace livery::payments
