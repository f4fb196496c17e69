#include "app/payment_desk.h"

#include <algorithm>

#include <livery/check.h>
#include <livery/db/attempt.h>
#include <livery/db/failure.h>
#include <livery/failpoint.h>

#include "app/dunning.h"
#include "app/locked_payment.h"
#include "app/methods.h"
#include "app/refunds.h"
#include "app/refused_payment.h"
#include "domain/said_by.h"
#include "settings/payment_settings.h"
#include "storage/case_repository.h"
#include "storage/payment_repository.h"
#include "storage/refund_repository.h"
#include "storage/slot_repository.h"

namespace livery::payments {

namespace {

Invoicing::IncomingPayment IncomingOf(const Payment& payment, const Money& paid) {
    Invoicing::IncomingPayment incoming{payment.reference, paid, std::nullopt, {}};
    for (const Share& share : payment.parts)
        incoming.parts.push_back({share.invoice, share.amount});
    return incoming;
}

Verdict VerdictOf(const Payment& payment, const Heard& heard, Source source) {
    if (source == Source::kAnswer) return OfStart(payment.amount, heard.fate, heard.said);
    return (source == Source::kRepeat ? OfRepeat : OfLookup)(payment.amount, payment.provider_id,
                                                             heard.fate, heard.said);
}

void Note(Payment& payment, const Heard& heard) {
    if (!heard.fault.empty()) payment.fault = heard.fault;
    if (!heard.said) return;
    if (payment.provider_id.empty()) payment.provider_id = heard.said->provider_id;
    if (heard.said->refusal) payment.refusal = heard.said->refusal;
    if (!heard.action_url.empty()) {
        payment.action_url = heard.action_url;
        payment.action_fields = heard.action_fields;
    }
}

// "Please do not pay again": of what is dark the payer's own call may still learn what came of it,
// and show it to him; afterwards he is told.
bool WasToldToWait(PaymentState before, const Payment& payment, Instant now) {
    return before == PaymentState::kPending || before == PaymentState::kHeld ||
           (IsDark(before) && now > payment.sent_by);
}

Result<Verdict> VerdictOf(const Payment& payment, const PaymentDesk::Decision& decision) {
    Verdict verdict{decision.was_taken ? PaymentState::kCaptured : PaymentState::kFailed,
                    std::nullopt, std::nullopt, false};
    if (!MayFollow(payment.state, *verdict.state, Source::kPerson))
        return Conflict("error.decided");
    if (!decision.was_taken) return verdict;
    verdict.processed = decision.amount.value_or(payment.amount);
    if (verdict.processed->currency() != payment.amount.currency())
        return InvalidField("amount", "error.one_currency");
    if (verdict.processed->minor_units() <= 0) return InvalidField("amount", "error.amount");
    if (payment.provider_id.empty() && decision.provider_id.empty())
        return InvalidField("provider_id", "error.provider_id");
    return verdict;
}

}  // namespace

std::chrono::milliseconds TimeToSend(Instant sent_by, Instant now) {
    return std::min<std::chrono::milliseconds>(
        kCallLimit, std::chrono::floor<std::chrono::milliseconds>(sent_by - now));
}

bool CanDo(Gateways& gateways, const Tenant& tenant, std::string_view instance,
           std::string_view word) {
    const auto all = gateways.Of(tenant);
    return std::any_of(all.begin(), all.end(), [&](const Gateways::Instance& one) {
        return one.id == instance && one.Can(word);
    });
}

ProviderHabits HabitsOf(Gateways& gateways, const Tenant& tenant, const std::string& instance) {
    ProviderHabits habits;
    for (const Gateways::Instance& one : gateways.Of(tenant)) {
        if (one.id == instance)
            habits = {one.finds_after,
                      one.decides_within,
                      one.idempotency,
                      one.Can("lookup_by_reference"),
                      {},
                      one.Can("list_transactions")};
    }
    if (const auto settings = tenant.FindSettings<PaymentSettings>("payments"))
        habits.looks = settings->looks();
    return habits;
}

Result<PaymentDesk::Applied> PaymentDesk::Apply(const Tenant& tenant, const Payment& known,
                                                const Heard& heard, Source source,
                                                std::optional<int> looks) {
    const auto apply = [&] {
        return db::Attempt<Applied>(
            ports_.database, tenant.id, [&](db::Transaction& tx) -> Result<Applied> {
                // The account's invoices before its payments, everywhere.
                ports_.invoicing.LockOwed(tx, known.account);
                auto payment = PaymentRepository::Lock(tx, known.id);
                if (!payment) return NotFound("error.not_found");
                if (looks && *looks < payment->looks)
                    return Applied{*std::move(payment), false, false, false, true};
                return ApplyIn(tx, tenant, *std::move(payment), heard, source);
            });
    };
    try {
        return apply();
    } catch (const db::CommitUnknown&) {
        // What is there already may not follow itself: the repeat is harmless if it was kept.
        return apply();
    }
}

PaymentDesk::Applied PaymentDesk::ApplyIn(db::Transaction& tx, const Tenant& tenant,
                                          Payment payment, const Heard& heard, Source source) {
    const PaymentState before = payment.state;
    Verdict verdict = VerdictOf(payment, heard, source);
    // One charge is one payment's: what another one has is not this one's, whoever says so.
    if (heard.said && PaymentRepository::IsTaken(tx, payment, heard.said->provider_id))
        verdict = {PaymentState::kHeld, std::nullopt, Alarm::kOtherPayment, false};
    const ProviderHabits habits = HabitsOf(ports_.gateways, tenant, payment.instance);
    const Progress progress = Advance(payment, verdict, source, habits, ports_.clock.Now());
    if (verdict.alarm != Alarm::kOtherPayment) Note(payment, heard);
    if (payment.keeps_method && heard.kept && HasMoney(payment.state))
        Methods::Keep(ports_, tx, tenant, payment, *heard.kept);
    Follow(tx, tenant, payment, progress);
    // Once, by whoever learns it first: its own call, a lookup beside that call, or one much later.
    const bool is_refused = IsUnderWay(before) && IsExit(payment.state);
    const bool came_back = before != payment.state && payment.state == PaymentState::kFailedLate;
    if (payment.origin == Origin::kAutomatic && (is_refused || came_back))
        FollowRefusal(ports_, tx, tenant, payment, source, DayOf(ports_.time.CivilNow(tenant)));
    else if (came_back)
        ports_.letters.CameBack(tx, tenant, payment, payment.amount);
    else if (is_refused && WasToldToWait(before, payment, ports_.clock.Now()))
        TellWhoWaits(tx, tenant, payment);
    PaymentRepository::Save(tx, payment);
    LIVERY_FAILPOINT("payment.applying");
    const bool is_missing = verdict.is_missing &&
                            MissingCounts(payment.sent_by, habits.finds_after, ports_.clock.Now());
    return {std::move(payment), progress.may_send_again, verdict.state || is_missing,
            verdict.is_missing};
}

// Who paid himself was told that we say when it is done. He need not be told what he did himself.
void PaymentDesk::TellWhoWaits(db::Transaction& tx, const Tenant& tenant, const Payment& payment) {
    if (payment.origin != Origin::kCustomer || payment.state == PaymentState::kCancelled) return;
    ports_.letters.NotPaid(tx, tenant, payment);
}

void PaymentDesk::Follow(db::Transaction& tx, const Tenant& tenant, Payment& payment,
                         const Progress& progress) {
    const CivilTime now = ports_.time.CivilNow(tenant);
    if (progress.alarm) CaseRepository::Open(tx, {payment.id, *progress.alarm, ports_.clock.Now()});
    if (progress.frees_invoices) SlotRepository::Free(tx, payment.id);
    if (progress.take_back) TakeBack(tx, payment, now);
    if (progress.record) Record(tx, tenant, payment, *progress.record, now);
    tx.Touch(SubjectOf(payment.account));
}

// All that the books still have of it. What of a refund is only on its way they have; what has gone
// the payer has twice now.
void PaymentDesk::TakeBack(db::Transaction& tx, Payment& payment, CivilTime now) {
    payment.came_back_on = DayOf(now);
    const Money all =
        payment.processed ? SettledBy(payment.amount, *payment.processed) : payment.amount;
    Money left = all - RefundRepository::ChargedBackOf(tx, payment);
    for (const Refund& refund : RefundRepository::GivenOf(tx, payment.id)) {
        if (IsBooked(tx, refund)) left = left - refund.amount;
        CaseRepository::Open(tx, {payment.id, kLost, ports_.clock.Now(), refund.id});
    }
    const bool reversed =
        left.minor_units() == 0 ||
        ports_.invoicing.ReversePayment(tx, payment.account, {payment.reference, left, true}, now)
            .has_value();
    if (reversed) payment.given_back = all;
    if (!reversed) CaseRepository::Open(tx, {payment.id, "not_reversed", ports_.clock.Now()});
}

// The receipt is the last: everybody else waits for its number.
void PaymentDesk::Record(db::Transaction& tx, const Tenant& tenant, Payment& payment,
                         const Money& paid, CivilTime now) {
    const auto recorded =
        ports_.invoicing.RecordPayment(tx, payment.account, IncomingOf(payment, paid), now);
    LIVERY_CHECK(recorded.has_value(), "a payment that the books do not take");
    Dunning::Clear(ports_, tx, tenant, payment.account, now);
    payment.receipt =
        ReceiptRepository::Add(tx, {payment.account, payment.id, std::nullopt, now, paid});
    ports_.letters.Received(tx, tenant, payment, paid);
}

Result<PaymentDesk::Applied> PaymentDesk::LookUp(const Tenant& tenant, const Payment& payment) {
    constexpr int kMost = 3;  // whoever is overtaken ever again leaves it to the others
    for (int asked = 1;; ++asked) {
        auto applied = AskOnce(tenant, payment);
        if (!applied || !applied->is_overtaken || asked == kMost) return applied;
    }
}

Result<PaymentDesk::Applied> PaymentDesk::AskOnce(const Tenant& tenant, const Payment& payment) {
    const auto looks = PaymentRepository::LooksAt(ports_.database, tenant.id, payment.id);
    const std::string message = LookupMessage(tenant.id, payment);
    const Gateways::Reply reply =
        ports_.gateways.Call(tenant, {payment.instance, "payment.lookup/1", message, kCallLimit});
    LIVERY_FAILPOINT("payment.looked_up");
    const Heard heard = HeardOf(reply);
    Applied applied = LIVERY_TRY(Apply(tenant, payment, heard, Source::kLookup, looks));
    if (applied.is_overtaken) return applied;
    // Of this payment, and of no other one that the provider may mean.
    const bool is_its = heard.said && (heard.said->provider_id.empty() ||
                                       heard.said->provider_id == applied.payment.provider_id);
    if (is_its) {
        applied.charged_back = heard.said->charged_back;
        applied.refunded = heard.said->refunded;
    }
    return applied;
}

Result<Payment> PaymentDesk::NoteSending(const Tenant& tenant, const Payment& known) {
    const auto note = [&](db::Transaction& tx) -> Result<Payment> {
        auto payment = PaymentRepository::Lock(tx, known.id);
        if (!payment) return NotFound("error.not_found");
        if (!IsDark(payment->state)) return Conflict("error.decided");
        payment->sent_by = ports_.clock.Now() + kCallLimit;
        PaymentRepository::Save(tx, *payment);
        return *std::move(payment);
    };
    return db::Attempt<Payment>(ports_.database, tenant.id, note);
}

Result<Payment> PaymentDesk::Decide(const Tenant& tenant, const Payment& known,
                                    const Decision& decision) {
    return db::Attempt<Payment>(ports_.database, tenant.id, [&](db::Transaction& tx) {
        return DecideIn(tx, tenant, known.id, decision);
    });
}

Result<Payment> PaymentDesk::DecideIn(db::Transaction& tx, const Tenant& tenant, PaymentId id,
                                      const Decision& decision) {
    LIVERY_TRY(CheckSaidBy(decision.by, decision.reason));
    return WithPaymentIn<Payment>(
        tx, ports_, id, [&](db::Transaction&, Payment& payment) -> Result<Payment> {
            const PaymentState before = payment.state;
            const Verdict verdict = LIVERY_TRY(VerdictOf(payment, decision));
            if (payment.provider_id.empty()) payment.provider_id = decision.provider_id;
            constexpr std::size_t kLongestId = 255;
            if (payment.provider_id.size() > kLongestId)
                return InvalidField("provider_id", "error.too_long");
            // One charge is one payment's, whoever says so.
            if (PaymentRepository::IsTaken(tx, payment, payment.provider_id))
                return InvalidField("provider_id", "error.provider_id_taken");
            const Instant now = ports_.clock.Now();
            const Progress progress =
                Advance(payment, verdict, Source::kPerson,
                        HabitsOf(ports_.gateways, tenant, payment.instance), now);
            CaseRepository::Close(tx, payment.id, {now, decision.by, decision.reason});
            Follow(tx, tenant, payment, progress);
            if (payment.origin == Origin::kAutomatic && IsUnderWay(before) && IsExit(payment.state))
                FollowRefusal(ports_, tx, tenant, payment, Source::kPerson,
                              DayOf(ports_.time.CivilNow(tenant)));
            else if (IsUnderWay(before) && IsExit(payment.state))
                TellWhoWaits(tx, tenant, payment);
            return payment;
        });
}

}  // namespace livery::payments
