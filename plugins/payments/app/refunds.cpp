#include "app/refunds.h"

#include <algorithm>

#include <livery/db/attempt.h>
#include <livery/db/failure.h>
#include <livery/failpoint.h>

#include "app/dunning.h"
#include "app/locked_payment.h"
#include "app/look_at_due.h"
#include "domain/said_by.h"
#include "storage/case_repository.h"
#include "storage/payment_repository.h"
#include "storage/refund_repository.h"

namespace livery::payments {

namespace {

// What of the payment counts as given back. Of one that failed late all of it does, for ever.
void Count(Payment& payment, const Refund& refund, const RefundProgress& progress) {
    if (payment.state == PaymentState::kFailedLate) return;
    if (progress.release) payment.given_back = payment.given_back - refund.amount;
    if (progress.retake) payment.given_back = payment.given_back + refund.amount;
}

// What a person says that did not arrive after all, and that the books have as gone: never so of
// what was lost, for then they had nothing of its payment left.
Result<bool> IsToBeTakenAgain(db::Transaction& tx, const Refund& refund) {
    switch (CaseRepository::Of(tx, {refund.payment, kLost, {}, refund.id})) {
        case CaseRepository::State::kOpen:
            return false;
        case CaseRepository::State::kClosed:
            return Conflict("error.decided");
        case CaseRepository::State::kNone:
            break;
    }
    return IsBooked(tx, refund);
}

}  // namespace

Result<void> Refunds::Check(const Wish& wish, const Money& most) {
    LIVERY_TRY(CheckReason(wish.reason));
    if (wish.amount.currency() != most.currency())
        return InvalidField("amount", "error.one_currency");
    if (wish.amount.minor_units() <= 0) return InvalidField("amount", "error.amount");
    if (wish.amount.minor_units() > most.minor_units())
        return InvalidField("amount", "error.more_than_paid");
    return {};
}

bool IsBooked(db::Transaction& tx, const Refund& gone) {
    return CaseRepository::Of(tx, {gone.payment, kNotBooked, {}, gone.id}) !=
           CaseRepository::State::kOpen;
}

Refund Refunds::Made(db::Transaction& tx, const Tenant& tenant, const Payment& payment,
                     const Wish& wish, RefundId id, RefundKind kind) {
    const Instant now = desk_.ports().clock.Now();
    const AttemptKey::Kind series = SeriesOf(kind);
    Refund refund{
        .id = id,
        .payment = payment.id,
        .account = payment.account,
        .kind = kind,
        .key = {series, payment.id.uuid(), RefundRepository::LastOf(tx, payment.id, series) + 1},
        .amount = wish.amount,
        .noted = wish.noted,
        .reason = wish.reason,
        .began_at = now,
        .shown_at = desk_.ports().time.Now(tenant),
        .sent_by = now + kCallLimit};
    refund.reference = refund.key.Reference();
    return refund;
}

Result<Refund> Refunds::Give(const Tenant& tenant, const Wish& wish) {
    const RefundId id(desk_.ports().ids.Next());
    const Refund begun =
        LIVERY_TRY(db::Attempt<Refund>(desk_.ports().database, tenant.id, [&](db::Transaction& tx) {
            return BeginIn(tx, tenant, wish, id);
        }));
    return Send(tenant, begun);
}

Result<Refund> Refunds::Send(const Tenant& tenant, const Refund& begun) {
    if (begun.state != RefundState::kCreated) return begun;  // by hand
    LIVERY_FAILPOINT("refund.begun");
    const auto payment = PaymentRepository::Find(desk_.ports().database, tenant.id, begun.payment);
    if (!payment) return NotFound("error.not_found");
    const std::string message = RefundMessage(tenant.id, *payment, begun);
    const Gateways::Reply reply = Order(tenant, payment->instance, message, begun.sent_by);
    LIVERY_FAILPOINT("refund.answered");
    Applied applied = LIVERY_TRY(Apply(tenant, begun, HeardOf(reply), Source::kAnswer));
    return std::move(applied.refund);
}

// Whoever was held up on the way here may find it given up, and given again, by others.
Gateways::Reply Refunds::Order(const Tenant& tenant, const std::string& instance,
                               const std::string& message, Instant until) {
    const auto limit = TimeToSend(until, desk_.ports().clock.Now());
    if (limit.count() <= 0)
        return {Gateways::Fate::kNothingSent, "", "its time was over before it was sent"};
    return desk_.ports().gateways.Call(tenant, {instance, "refund.create/1", message, limit});
}

// The money is gone before it is booked: what the books could not follow must not leave.
Result<void> Refunds::CheckBooks(db::Transaction& tx, const Tenant& tenant, const Payment& payment,
                                 const Refund& refund) {
    const PaymentPorts& ports = desk_.ports();
    std::vector<Invoicing::GivingBack> before;
    for (const Refund& other : RefundRepository::OnTheirWay(tx, payment.account)) {
        const auto of = other.payment == payment.id ? std::optional(payment)
                                                    : PaymentRepository::Lock(tx, other.payment);
        if (of) before.push_back({of->reference, other.amount, other.noted});
    }
    auto checked = ports.invoicing.CheckGivingBack(tx, payment.account,
                                                   {payment.reference, refund.amount, refund.noted},
                                                   before, ports.time.CivilNow(tenant));
    if (checked || !refund.noted) return checked;
    return InvalidField("credit_note_on", checked.error().code == ErrorCode::kNotFound
                                              ? "error.not_found"
                                              : "error.cannot_note");
}

Result<Refund> Refunds::BeginIn(db::Transaction& tx, const Tenant& tenant, const Wish& wish,
                                RefundId id) {
    return WithPaymentIn<Refund>(
        tx, desk_.ports(), wish.payment, [&](db::Transaction&, Payment& payment) -> Result<Refund> {
            LIVERY_TRY(Check(wish, payment.Refundable()));
            Refund refund = Made(tx, tenant, payment, wish, id, RefundKind::kRefund);
            payment.given_back = payment.given_back + wish.amount;
            if (payment.instance.empty()) {
                refund.state = RefundState::kSucceeded;
                LIVERY_TRY(Book(tx, tenant, payment, refund));
            } else {
                LIVERY_TRY(CheckBooks(tx, tenant, payment, refund));
                refund.next_look_at = refund.began_at + kFirstLook;
            }
            RefundRepository::Add(tx, refund);
            return refund;
        });
}

Result<Refunds::Applied> Refunds::Apply(const Tenant& tenant, const Refund& known,
                                        const Heard& heard, Source source) {
    return WithPayment<Applied>(
        desk_.ports(), tenant, known.payment,
        [&](db::Transaction& tx, Payment& payment) -> Result<Applied> {
            auto refund = RefundRepository::Lock(tx, known.id);
            if (!refund) return NotFound("error.not_found");
            const Instant now = desk_.ports().clock.Now();
            RefundProgress progress =
                Advance(*refund, heard.fate, heard.said, source,
                        HabitsOf(desk_.ports().gateways, tenant, payment.instance), now);
            if (heard.said && refund->provider_id.empty())
                refund->provider_id = heard.said->provider_id;
            Count(payment, *refund, progress);
            // The money is gone, whatever the books say to it: then a person puts them right.
            if (progress.book && !Book(tx, tenant, payment, *refund))
                progress.alarm = payment.state == PaymentState::kFailedLate ? kLost : kNotBooked;
            if (progress.alarm) {
                const Case alarm{payment.id, *progress.alarm, now, refund->id};
                // That it is gone after all is news, whatever a person has said before.
                progress.book ? CaseRepository::OpenAgain(tx, alarm)
                              : CaseRepository::Open(tx, alarm);
            }
            RefundRepository::Save(tx, *refund);
            return Applied{*std::move(refund), {progress.learned, progress.is_missing}};
        });
}

// The receipt is the last: everybody else waits for its number.
Result<void> Refunds::Book(db::Transaction& tx, const Tenant& tenant, Payment& payment,
                           Refund& refund) {
    const PaymentPorts& ports = desk_.ports();
    const CivilTime now = ports.time.CivilNow(tenant);
    const bool by_bank = refund.kind == RefundKind::kChargeback;
    if (refund.noted) {
        LIVERY_TRY(
            ports.invoicing.CreditPaid(tx, payment.account, {*refund.noted, refund.amount}, now));
    } else {
        LIVERY_TRY(ports.invoicing.ReversePayment(
            tx, payment.account, {payment.reference, refund.amount, by_bank}, now));
    }
    if (by_bank) return {};
    payment.state =
        AfterRefunds(payment, RefundRepository::RefundedOf(tx, payment) + refund.amount);
    refund.receipt =
        ReceiptRepository::Add(tx, {payment.account, payment.id, refund.id.uuid(), now,
                                    Money(0, refund.amount.currency()) - refund.amount});
    ports.letters.PaidBack(tx, tenant, payment, refund);
    return {};
}

Result<Refund> Refunds::LookUp(const Tenant& tenant, const Refund& refund) {
    Applied applied = LIVERY_TRY(Ask(tenant, refund));
    return std::move(applied.refund);
}

Result<Refunds::Learned> Refunds::Follow(const Tenant& tenant, const Refund& told) {
    const Applied applied = LIVERY_TRY(Ask(tenant, told));
    return applied.learned;
}

Result<Refunds::Applied> Refunds::Ask(const Tenant& tenant, const Refund& refund) {
    const auto payment = PaymentRepository::Find(desk_.ports().database, tenant.id, refund.payment);
    if (!payment) return NotFound("error.not_found");
    const std::string message = RefundLookupMessage(tenant.id, *payment, refund);
    const Gateways::Reply reply = desk_.ports().gateways.Call(
        tenant, {payment->instance, "refund.lookup/1", message, kCallLimit});
    return Apply(tenant, refund, HeardOf(reply), Source::kLookup);
}

int Refunds::LookUpDue(const Tenant& tenant) {
    const PaymentPorts& ports = desk_.ports();
    return LookAtDue(ports, tenant,
                     LookingThrough<RefundRepository, Refund>(
                         ports, tenant, [&](const Refund& due) { Settled(LookUp(tenant, due)); },
                         [&](const Refund& due) {
                             const auto payment =
                                 PaymentRepository::Find(ports.database, tenant.id, due.payment);
                             return payment ? payment->instance : std::string();
                         }));
}

// What had gone back is here again: a payment of its own in the books, for what the first one paid.
Result<void> Refunds::TakeAgain(db::Transaction& tx, const Tenant& tenant, const Payment& payment,
                                const std::string& reference, const Money& amount) {
    const PaymentPorts& ports = desk_.ports();
    const CivilTime now = ports.time.CivilNow(tenant);
    Invoicing::IncomingPayment incoming{reference, amount, std::nullopt, {}};
    for (const Share& share : payment.parts)
        incoming.parts.push_back({share.invoice, share.amount});
    LIVERY_TRY(ports.invoicing.RecordPayment(tx, payment.account, incoming, now));
    Dunning::Clear(ports, tx, tenant, payment.account, now);
    return {};
}

Result<Refund> Refunds::Decide(const Tenant& tenant, const Decision& decision) {
    return db::Attempt<Refund>(desk_.ports().database, tenant.id,
                               [&](db::Transaction& tx) { return DecideIn(tx, tenant, decision); });
}

Result<Refund> Refunds::DecideIn(db::Transaction& tx, const Tenant& tenant,
                                 const Decision& decision) {
    LIVERY_TRY(CheckSaidBy(decision.by, decision.reason));
    const auto of = RefundRepository::PaymentOf(tx, decision.refund);
    if (!of) return NotFound("error.not_found");
    return WithPaymentIn<
        Refund>(tx, desk_.ports(), *of, [&](db::Transaction&, Payment& payment) -> Result<Refund> {
        auto refund = RefundRepository::Lock(tx, decision.refund);
        const auto progress = payments::Decide(*refund, decision.went_back);
        if (!progress) return Conflict("error.decided");
        const bool is_taken_again = progress->unbook && LIVERY_TRY(IsToBeTakenAgain(tx, *refund));
        const bool may_be_lost = payment.state == PaymentState::kFailedLate;
        if (progress->retake && !may_be_lost &&
            refund->amount.minor_units() > payment.Refundable().minor_units())
            return InvalidField("refund", "error.more_than_paid");
        Count(payment, *refund, *progress);
        const Instant now = desk_.ports().clock.Now();
        // Booked before it is saved, as in Apply: what was refunded before is read there.
        if (progress->book) {
            const auto booked = Book(tx, tenant, payment, *refund);
            if (!booked && !may_be_lost) return booked.error();
            if (!booked) CaseRepository::Open(tx, {payment.id, kLost, now, refund->id});
        }
        RefundRepository::Save(tx, *refund);
        const CaseRepository::Answer answer{now, decision.by, decision.reason};
        if (is_taken_again)
            LIVERY_TRY(TakeAgain(tx, tenant, payment, refund->reference, refund->amount));
        if (progress->unbook) {
            payment.state = AfterRefunds(payment, RefundRepository::RefundedOf(tx, payment));
            CaseRepository::CloseOne(tx, {payment.id, kLost, {}, refund->id}, answer);
            CaseRepository::CloseOne(tx, {payment.id, kNotBooked, {}, refund->id}, answer);
        }
        for (const char* kind : {"refund_unresolved", "refund_other_amount", "refund_came_back"}) {
            CaseRepository::CloseOne(tx, {payment.id, kind, {}, refund->id}, answer);
            // Opened before each refund had its own.
            CaseRepository::CloseOne(tx, {payment.id, kind}, answer);
        }
        return *std::move(refund);
    });
}

}  // namespace livery::payments
