#include "storage/slot_repository.h"

namespace livery::payments {

namespace {

using db::Row;
using db::Statement;

constexpr Statement kMakeSlot{
    "payments.make_slot",
    "INSERT INTO payments_slot (tenant_id, invoice_id, attempts) VALUES (:tenant, ?, 0) ON "
    "DUPLICATE KEY UPDATE attempts = attempts"};
constexpr Statement kLockSlot{
    "payments.lock_slot",
    "SELECT attempts, payment_id FROM payments_slot WHERE tenant_id = :tenant AND invoice_id = ? "
    "FOR UPDATE"};
constexpr Statement kTakeSlot{
    "payments.take_slot",
    "UPDATE payments_slot SET attempts = ?, payment_id = ? WHERE tenant_id = :tenant AND "
    "invoice_id = ?"};
constexpr Statement kStateOfSlot{
    "payments.state_of_slot",
    "SELECT p.state FROM payments_slot s JOIN payments_payment p ON p.tenant_id = s.tenant_id AND "
    "p.id = s.payment_id WHERE s.tenant_id = :tenant AND s.invoice_id = ?"};
constexpr Statement kSlotsOfAccount{
    "payments.slots_of_account",
    "SELECT s.invoice_id, s.payment_id FROM payments_payment p JOIN payments_slot s ON "
    "s.tenant_id = p.tenant_id AND s.payment_id = p.id WHERE p.tenant_id = :tenant AND "
    "p.account_id = ? AND p.state IN ('created', 'requires_action', 'pending', 'authorised', "
    "'unknown', 'held')"};
constexpr Statement kSlotOfInvoice{
    "payments.slot_of_invoice",
    "SELECT payment_id FROM payments_slot WHERE tenant_id = :tenant AND invoice_id = ? AND "
    "payment_id IS NOT NULL"};
constexpr Statement kFreeSlots{
    "payments.free_slots",
    "UPDATE payments_slot SET payment_id = NULL WHERE tenant_id = :tenant AND payment_id = ?"};

}  // namespace

std::map<InvoiceId, SlotRepository::Slot> SlotRepository::Lock(
    db::Transaction& tx, const std::vector<InvoiceId>& invoices) {
    std::map<InvoiceId, Slot> slots;
    for (const InvoiceId invoice : invoices) slots[invoice];
    // In the order of their ids, so that two who want the same ones wait and do not deadlock.
    for (auto& [invoice, slot] : slots) {
        tx.Execute(kMakeSlot, {invoice});
        const db::Rows rows = tx.Query(kLockSlot, {invoice});
        const Row row = rows.Only();
        slot.attempts = row.Int(0);
        if (!row.IsNull(1)) slot.payment = row.As<PaymentId>(1);
    }
    return slots;
}

void SlotRepository::Take(db::Transaction& tx, InvoiceId invoice, int attempts, PaymentId payment) {
    tx.Execute(kTakeSlot, {attempts, payment, invoice});
}

std::optional<PaymentState> SlotRepository::StateOfPayment(db::Transaction& tx, InvoiceId invoice) {
    const db::Rows rows = tx.Query(kStateOfSlot, {invoice});
    if (rows.empty()) return std::nullopt;
    return PaymentStateFrom(rows[0].Text(0));
}

void SlotRepository::Free(db::Transaction& tx, PaymentId payment) {
    tx.Execute(kFreeSlots, {payment});
}

std::map<InvoiceId, PaymentId> SlotRepository::TakenBy(db::Database& database,
                                                       const TenantId& tenant, AccountId account) {
    std::map<InvoiceId, PaymentId> taken;
    for (const db::Row row : database.Query(tenant, kSlotsOfAccount, {account}))
        taken.emplace(row.As<InvoiceId>(0), row.As<PaymentId>(1));
    return taken;
}

std::optional<PaymentId> SlotRepository::TakenOf(db::Database& database, const TenantId& tenant,
                                                 InvoiceId invoice) {
    const db::Rows rows = database.Query(tenant, kSlotOfInvoice, {invoice});
    if (rows.empty()) return std::nullopt;
    return rows[0].As<PaymentId>(0);
}

}  // namespace livery::payments
