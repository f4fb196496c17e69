#include "app/hand_payments.h"

#include <algorithm>
#include <cctype>

#include <livery/db/attempt.h>

#include "app/dunning.h"
#include "storage/case_repository.h"
#include "storage/payment_repository.h"
#include "storage/slot_repository.h"

namespace livery::payments {

namespace {

Result<void> Check(const HandPayment& wanted) {
    if (wanted.amount.minor_units() <= 0) return InvalidField("amount", "error.amount");
    const bool plain = std::all_of(wanted.reference.begin(), wanted.reference.end(),
                                   [](unsigned char c) { return std::isgraph(c) != 0 && c < 128; });
    if (wanted.reference.empty() || wanted.reference.size() > 40 || !plain)
        return InvalidField("reference", "error.reference");
    return {};
}

Payment PaymentOf(const PaymentPorts& ports, const HandPayment& wanted, Instant shown_at) {
    const PaymentId id(ports.ids.Next());
    const Instant now = ports.clock.Now();
    return {.id = id,
            .account = wanted.account,
            .origin = Origin::kStaff,
            .state = PaymentState::kCaptured,
            .reference = wanted.reference,
            .key = {AttemptKey::Kind::kPayment, id.uuid(), 1},
            .amount = wanted.amount,
            .processed = wanted.amount,
            .given_back = Money(0, wanted.amount.currency()),
            .parts = wanted.parts,
            .began_at = now,
            .shown_at = shown_at,
            .sent_by = now};
}

std::string NumberOf(InvoiceId invoice, const std::vector<Invoicing::Owed>& owed) {
    for (const Invoicing::Owed& one : owed) {
        if (one.id == invoice) return one.number;
    }
    return "";
}

// The invoices that the money will be for: those that were named, and the oldest others as far as
// it goes.
std::vector<InvoiceId> ReachedBy(const Money& amount, const std::vector<Share>& parts,
                                 const std::vector<Invoicing::Owed>& owed) {
    std::vector<InvoiceId> reached;
    Money rest = amount;
    std::vector<OwedInvoice> others;
    for (const Invoicing::Owed& one : owed) {
        const auto part = std::find_if(parts.begin(), parts.end(),
                                       [&](const Share& share) { return share.invoice == one.id; });
        if (part == parts.end())
            others.push_back({one.id, one.due_on, one.balance, one.number});
        else if (one.balance.currency() == rest.currency())
            rest = rest - (part->amount.minor_units() < one.balance.minor_units() ? part->amount
                                                                                  : one.balance);
    }
    for (const Share& part : parts) reached.push_back(part.invoice);
    if (rest.minor_units() <= 0) return reached;
    for (const Share& part : ShareOut(rest, std::move(others)).parts)
        reached.push_back(part.invoice);
    return reached;
}

}  // namespace

Result<void> CheckUnderWay(db::Transaction& tx, const Money& amount,
                           const std::vector<Share>& parts,
                           const std::vector<Invoicing::Owed>& owed) {
    for (const auto& [invoice, slot] : SlotRepository::Lock(tx, ReachedBy(amount, parts, owed))) {
        if (slot.payment) return Conflict("error.under_way");
    }
    return {};
}

Result<Payment> WriteDown(const PaymentPorts& ports, const Tenant& tenant,
                          const HandPayment& wanted) {
    const CivilTime now = ports.time.CivilNow(tenant);
    return db::Attempt<Payment>(ports.database, tenant.id, [&](db::Transaction& tx) {
        return WriteDownIn(ports, tx, tenant, wanted, now);
    });
}

Result<Payment> WriteDownIn(const PaymentPorts& ports, db::Transaction& tx, const Tenant& tenant,
                            const HandPayment& wanted, CivilTime now, Tell tell) {
    LIVERY_TRY(Check(wanted));
    const auto owed = ports.invoicing.LockOwed(tx, wanted.account);
    LIVERY_TRY(CheckUnderWay(tx, wanted.amount, wanted.parts, owed));
    if (PaymentRepository::IsKnown(tx, wanted.reference)) return Conflict("error.payment_known");
    Payment payment = PaymentOf(ports, wanted, ports.time.ToInstant(tenant, now));
    for (Share& part : payment.parts) part.number = NumberOf(part.invoice, owed);
    Invoicing::IncomingPayment incoming{payment.reference, payment.amount, std::nullopt, {}};
    for (const Share& share : wanted.parts) incoming.parts.push_back({share.invoice, share.amount});
    LIVERY_TRY(ports.invoicing.RecordPayment(tx, payment.account, incoming, now));
    PaymentRepository::Add(tx, payment);
    Dunning::Clear(ports, tx, tenant, payment.account, now);
    payment.receipt = ReceiptRepository::Add(
        tx, {payment.account, payment.id, std::nullopt, now, payment.amount});
    PaymentRepository::Save(tx, payment);
    if (tell == Tell::kPayer) ports.letters.Received(tx, tenant, payment, payment.amount);
    tx.Touch(SubjectOf(payment.account));
    return payment;
}

}  // namespace livery::payments
