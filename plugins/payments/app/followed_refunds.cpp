#include <algorithm>

#include "app/locked_payment.h"
#include "app/refunds.h"
#include "storage/case_repository.h"
#include "storage/refund_repository.h"

// What went back, or came again, without an order of ours: what payers' banks and providers did.
namespace livery::payments {

namespace {

constexpr const char* kByBank = "bank";

}  // namespace

Result<Refund> Refunds::ChargeBack(const Tenant& tenant, const Wish& wish) {
    return db::Attempt<Refund>(desk_.ports().database, tenant.id, [&](db::Transaction& tx) {
        return NoteIn(tx, tenant, wish, RefundKind::kChargeback);
    });
}

Result<Refund> Refunds::Reverse(const Tenant& tenant, const Wish& wish) {
    return db::Attempt<Refund>(desk_.ports().database, tenant.id, [&](db::Transaction& tx) {
        return NoteIn(tx, tenant, wish, RefundKind::kReversal);
    });
}

Result<Refund> Refunds::ChargeBackIn(db::Transaction& tx, const Tenant& tenant, Payment& payment,
                                     const Wish& wish) {
    LIVERY_TRY(Check(wish, payment.Refundable()));
    Refund refund = Made(tx, tenant, payment, wish, RefundId(desk_.ports().ids.Next()),
                         RefundKind::kChargeback);
    refund.state = RefundState::kSucceeded;
    payment.given_back = payment.given_back + wish.amount;
    LIVERY_TRY(Book(tx, tenant, payment, refund));
    RefundRepository::Add(tx, refund);
    desk_.ports().letters.CameBack(tx, tenant, payment, refund.amount);
    return refund;
}

Result<Refund> Refunds::NoteIn(db::Transaction& tx, const Tenant& tenant, const Wish& wish,
                               RefundKind kind) {
    return WithPaymentIn<Refund>(
        tx, desk_.ports(), wish.payment, [&](db::Transaction&, Payment& payment) {
            return kind == RefundKind::kChargeback ? ChargeBackIn(tx, tenant, payment, wish)
                                                   : ReverseIn(tx, tenant, payment, wish);
        });
}

Result<Refund> Refunds::ReverseIn(db::Transaction& tx, const Tenant& tenant, Payment& payment,
                                  const Wish& wish) {
    LIVERY_TRY(Check(wish, RefundRepository::ChargedBackOf(tx, payment)));
    Refund refund =
        Made(tx, tenant, payment, wish, RefundId(desk_.ports().ids.Next()), RefundKind::kReversal);
    refund.state = RefundState::kSucceeded;
    payment.given_back = payment.given_back - wish.amount;
    LIVERY_TRY(TakeAgain(tx, tenant, payment, refund.reference, wish.amount));
    RefundRepository::Add(tx, refund);
    return refund;
}

Result<void> Refunds::FollowBank(const Tenant& tenant, const Payment& looked,
                                 const Money& charged_back) {
    const PaymentId id = looked.id;
    return WithPayment<void>(
        desk_.ports(), tenant, id, [&](db::Transaction& tx, Payment& payment) -> Result<void> {
            if (!HasMoney(payment.state) || looked.looks < payment.bank_look) return {};
            payment.bank_look = looked.looks;
            const auto now_held = InAskedCurrency(payment, charged_back);
            const Money before = RefundRepository::ChargedBackOf(tx, payment);
            if (now_held == before) return {};
            const Payment kept = payment;
            const bool more = now_held && now_held->minor_units() > before.minor_units();
            const bool followed =
                now_held &&
                (more ? ChargeBackIn(tx, tenant, payment, {id, *now_held - before, kByBank})
                      : ReverseIn(tx, tenant, payment, {id, before - *now_held, kByBank}))
                    .has_value();
            if (followed) return {};
            payment = kept;
            CaseRepository::OpenAgain(tx, {id, "bank_not_followed", desk_.ports().clock.Now()});
            return {};
        });
}

bool Refunds::BookUnordered(db::Transaction& tx, const Tenant& tenant, Payment& payment,
                            const Money& amount) {
    Refund refund = Made(tx, tenant, payment, {payment.id, amount, kUnorderedReason},
                         RefundId(desk_.ports().ids.Next()), RefundKind::kRefund);
    refund.state = RefundState::kSucceeded;
    payment.given_back = payment.given_back + amount;
    if (!Book(tx, tenant, payment, refund)) return false;
    RefundRepository::Add(tx, refund);
    return true;
}

Result<void> Refunds::FollowRefunded(const Tenant& tenant, PaymentId id, const Money& refunded) {
    return WithPayment<void>(
        desk_.ports(), tenant, id, [&](db::Transaction& tx, Payment& payment) -> Result<void> {
            const auto gone = InAskedCurrency(payment, refunded);
            const bool is_listed = HabitsOf(desk_.ports().gateways, tenant, payment.instance).lists;
            if (!HasMoney(payment.state) || !gone || is_listed) return {};
            // What is on its way counts: it may be what the provider has done by now.
            const Money ours = payment.given_back - RefundRepository::ChargedBackOf(tx, payment);
            const Money unordered = *gone - ours;
            if (unordered.minor_units() <= 0) return {};
            const auto known = RefundRepository::OfPayment(tx, id);
            const bool doubtful = std::any_of(known.begin(), known.end(), [](const Refund& refund) {
                return refund.kind == RefundKind::kRefund && refund.state == RefundState::kFailed;
            });
            const Payment kept = payment;
            const Case unclear{id, kUnordered, desk_.ports().clock.Now()};
            if (!doubtful && BookUnordered(tx, tenant, payment, unordered)) {
                CaseRepository::OpenAgain(tx, unclear);
                return {};
            }
            payment = kept;
            CaseRepository::Open(tx, unclear);
            return {};
        });
}

}  // namespace livery::payments
