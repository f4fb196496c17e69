#include "app/owed.h"

#include <algorithm>

#include <livery/db/attempt.h>

#include "app/refunds.h"
#include "domain/progress.h"
#include "storage/case_repository.h"
#include "storage/objection_repository.h"
#include "storage/payment_repository.h"
#include "storage/refund_repository.h"
#include "storage/slot_repository.h"

namespace livery::payments {

std::vector<OwedInvoice> OwedBy(db::Transaction& tx, Invoicing& invoicing, AccountId account) {
    std::vector<OwedInvoice> owed;
    for (const Invoicing::Owed& invoice : invoicing.LockOwed(tx, account))
        owed.push_back({invoice.id, invoice.due_on, invoice.balance, invoice.number});
    return owed;
}

namespace {

std::set<InvoiceId> InvoicesOf(db::Transaction& tx, const std::vector<PaymentId>& payments) {
    std::set<InvoiceId> invoices;
    for (const PaymentId id : payments) {
        const auto payment = PaymentRepository::Lock(tx, id);
        if (!payment) continue;
        for (const Share& part : payment->parts) invoices.insert(part.invoice);
    }
    return invoices;
}

}  // namespace

std::vector<OwedInvoice> UndisputedOf(db::Transaction& tx, Invoicing& invoicing,
                                      AccountId account) {
    std::vector<OwedInvoice> owed = OwedBy(tx, invoicing, account);
    if (owed.empty()) return owed;
    owed = Undisputed(std::move(owed), ObjectionRepository::OpenOf(tx, account));
    for (const char* kind : {kUnordered, kTakenAgain})
        owed = Without(std::move(owed), InvoicesOf(tx, CaseRepository::OpenOf(tx, account, kind)));
    return owed;
}

std::set<InvoiceId> BeingPaid(db::Transaction& tx, const std::vector<OwedInvoice>& owed) {
    std::set<InvoiceId> paid;
    for (const OwedInvoice& invoice : owed) {
        const auto state = SlotRepository::StateOfPayment(tx, invoice.id);
        if (state && IsUnderWay(*state) && *state != PaymentState::kRequiresAction)
            paid.insert(invoice.id);
    }
    return paid;
}

std::set<InvoiceId> HeldByBanks(db::Transaction& tx, AccountId account) {
    return InvoicesOf(tx, RefundRepository::HeldByBank(tx, account));
}

bool AsksTooMuch(db::Transaction& tx, Invoicing& invoicing, const Payment& payment) {
    std::vector<InvoiceId> invoices;
    for (const Share& part : payment.parts) invoices.push_back(part.invoice);
    const auto owed = invoicing.BalancesOf(tx, invoices);
    return std::any_of(payment.parts.begin(), payment.parts.end(), [&](const Share& part) {
        return std::none_of(owed.begin(), owed.end(), [&](const Invoicing::Part& left) {
            return left.invoice == part.invoice &&
                   left.amount.minor_units() >= part.amount.minor_units();
        });
    });
}

bool IsBeingTaken(db::Database& database, Invoicing& invoicing, const TenantId& tenant,
                  AccountId account, Date today) {
    const auto slots = SlotRepository::TakenBy(database, tenant, account);
    std::set<PaymentId> payments;
    for (const auto& [invoice, id] : slots) payments.insert(id);
    for (const PaymentId id : payments) {
        const auto payment = PaymentRepository::Find(database, tenant, id);
        if (payment && payment->origin == Origin::kAutomatic) return true;
    }
    if (slots.empty()) return false;
    return *db::Rehearse<bool>(database, tenant, [&](db::Transaction& tx) -> Result<bool> {
        const auto owed = Without(UndisputedOf(tx, invoicing, account), HeldByBanks(tx, account));
        return std::none_of(owed.begin(), owed.end(), [&](const OwedInvoice& one) {
            return one.due_on <= today && !slots.contains(one.id);
        });
    });
}

std::vector<OwedInvoice> Without(std::vector<OwedInvoice> owed, const std::set<InvoiceId>& some) {
    std::erase_if(owed, [&](const OwedInvoice& invoice) { return some.contains(invoice.id); });
    return owed;
}

}  // namespace livery::payments
