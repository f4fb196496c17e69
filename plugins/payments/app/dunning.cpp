#include "app/dunning.h"

#include <algorithm>
#include <map>
#include <set>

#include <livery/db/attempt.h>

#include "app/owed.h"
#include "storage/method_repository.h"
#include "storage/objection_repository.h"
#include "storage/payment_repository.h"
#include "storage/refund_repository.h"
#include "storage/standing_repository.h"

namespace livery::payments {

namespace {

constexpr std::chrono::days kDay{1};
constexpr const char* kBlock = "block";
constexpr const char* kEnd = "end_at_term";

bool AnyDue(const std::vector<OwedInvoice>& owed, Date by) {
    return std::any_of(owed.begin(), owed.end(),
                       [&](const OwedInvoice& invoice) { return invoice.due_on <= by; });
}

// Since when what a bank has taken back is owed again, and how much of an invoice that is.
struct OwedAgain {
    Date since{};
    Money amount;
};

// The day on which a bank took back last of it.
Date TakenBackOn(const PaymentPorts& ports, const Tenant& tenant, const Payment& payment) {
    Date since = payment.came_back_on.value_or(Date{});
    for (const Refund& refund :
         RefundRepository::OfPayment(ports.database, tenant.id, payment.id)) {
        const bool unordered =
            refund.kind == RefundKind::kRefund && refund.reason == kUnorderedReason;
        if (refund.kind == RefundKind::kChargeback || unordered)
            since = std::max(since, DayOf(ports.time.ToCivil(tenant, refund.shown_at)));
    }
    return since;
}

// Chargebacks, debits that failed late, and what was given back at the provider's own pages.
std::set<PaymentId> TakenBackOf(const PaymentPorts& ports, const Tenant& tenant,
                                AccountId account) {
    std::set<PaymentId> all;
    ports.database.Transact(tenant.id, [&](db::Transaction& tx) {
        for (const PaymentId id : RefundRepository::HeldByBank(tx, account)) all.insert(id);
        for (const PaymentId id : PaymentRepository::FailedLate(tx, account)) all.insert(id);
        for (const PaymentId id : RefundRepository::GivenByProvider(tx, account)) all.insert(id);
    });
    return all;
}

std::map<InvoiceId, OwedAgain> OwedAgainOf(const PaymentPorts& ports, const Tenant& tenant,
                                           AccountId account) {
    std::map<InvoiceId, OwedAgain> again;
    for (const PaymentId id : TakenBackOf(ports, tenant, account)) {
        const auto payment = PaymentRepository::Find(ports.database, tenant.id, id);
        if (!payment) continue;
        const Date since = TakenBackOn(ports, tenant, *payment);
        for (const Share& part : payment->parts) {
            const auto [place, is_first] =
                again.try_emplace(part.invoice, OwedAgain{since, part.amount});
            OwedAgain& all = place->second;
            if (is_first || all.amount.currency() != part.amount.currency()) continue;
            all = {std::max(all.since, since), all.amount + part.amount};
        }
    }
    return again;
}

// An old invoice begins at the first step again; one of which more is owed than came back keeps its
// age.
std::vector<OwedInvoice> Aged(std::vector<OwedInvoice> owed,
                              const std::map<InvoiceId, OwedAgain>& again) {
    for (OwedInvoice& invoice : owed) {
        const auto found = again.find(invoice.id);
        if (found == again.end() || found->second.amount.currency() != invoice.balance.currency())
            continue;
        if (invoice.balance.minor_units() <= found->second.amount.minor_units())
            invoice.due_on = std::max(invoice.due_on, found->second.since);
    }
    return owed;
}

// What a promise that holds today leaves to be dunned: what an earlier one was not kept for.
std::vector<OwedInvoice> NotPromised(db::Transaction& tx, const Standing& standing,
                                     std::vector<OwedInvoice> owed, Date today) {
    if (!Holds(standing.promise, today)) return owed;
    const auto promised = PromiseRepository::Of(tx, standing.account);
    std::erase_if(owed, [&](const OwedInvoice& invoice) {
        const auto found = promised.find(invoice.id);
        return found == promised.end() || found->second >= today;
    });
    return owed;
}

// Also what an earlier block noted and nobody resumed.
void Unblock(const PaymentPorts& ports, db::Transaction& tx, Standing& standing, CivilTime now) {
    standing.blocked = false;
    if (standing.suspended.empty()) return;
    if (ports.suspension) ports.suspension->Resume(tx, standing.account, standing.suspended, now);
    standing.suspended.clear();
}

void Block(const PaymentPorts& ports, db::Transaction& tx, Standing& standing, CivilTime now) {
    if (standing.blocked) return;
    standing.blocked = true;
    if (ports.suspension)
        AddSuspended(standing, ports.suspension->Suspend(tx, standing.account, now));
}

// Nothing is past due; what is due today only may still be tried.
void SetClear(const PaymentPorts& ports, db::Transaction& tx, Standing& standing, bool is_settled,
              CivilTime now) {
    if (is_settled) Settle(standing);
    standing.step.clear();
    Unblock(ports, tx, standing, now);
}

// To where what is left leads. What came back may be younger than its due day says (see Aged): the
// next day's run sees to that.
void StepBack(const PaymentPorts& ports, db::Transaction& tx, const Tenant& tenant,
              Standing& standing, const std::vector<Overdue>& left, CivilTime now) {
    const PaymentSettings settings = PaymentSettings::Of(tenant);
    const auto steps = settings.steps();
    const DunningStep* step =
        StepOfAll(steps, left, settings.reminder_thresholds.amounts, DayOf(now));
    if (!IsFurther(StepNamed(steps, standing.step), step)) return;
    standing.step = step == nullptr ? "" : step->name;
    if (!Does(steps, step, kBlock)) Unblock(ports, tx, standing, now);
}

}  // namespace

// One letter for a day and a currency, to who must pay himself: also where all his cards have
// expired. Whom it is taken of hears it once, on the first of the days.
void Dunning::Announce(db::Transaction& tx, const Tenant& tenant,
                       const std::vector<OwedInvoice>& owed, Standing& standing, Date today,
                       Done& done) {
    const std::vector<int> before = PaymentSettings::Of(tenant).announce_before_days;
    if (before.empty() || standing.announced == today) return;
    const bool is_taken =
        standing.pays_automatically &&
        !Chargeable(MethodRepository::OfAccount(tx, standing.account), today).empty();
    const int first = *std::max_element(before.begin(), before.end());
    for (const int days : before) {
        if (is_taken && days != first) continue;
        std::vector<OwedInvoice> falling;
        std::copy_if(
            owed.begin(), owed.end(), std::back_inserter(falling),
            [&](const OwedInvoice& one) { return one.due_on == today + std::chrono::days(days); });
        for (const Overdue& due : payments::OverdueOf(falling, today + std::chrono::days(days))) {
            is_taken ? ports_.letters.WillBeTaken(tx, tenant, standing.account, due)
                     : ports_.letters.Upcoming(tx, tenant, standing.account, due);
            standing.announced = today;
            ++done.announced;
        }
    }
}

void Dunning::Act(db::Transaction& tx, const Tenant& tenant, Standing& standing,
                  const DunningStep* step) {
    const auto steps = PaymentSettings::Of(tenant).steps();
    const CivilTime now = ports_.time.CivilNow(tenant);
    const bool ends =
        Does(steps, step, kEnd) && !Does(steps, StepNamed(steps, standing.step), kEnd);
    if (Does(steps, step, kBlock))
        Block(ports_, tx, standing, now);
    else
        Unblock(ports_, tx, standing, now);
    if (ends && ports_.suspension) ports_.suspension->EndAtTerm(tx, standing.account, now);
}

void Dunning::Write(db::Transaction& tx, const Tenant& tenant, Standing& standing,
                    const std::vector<Overdue>& overdue, Date today, Done& done) {
    const ReminderPlan plan = PaymentSettings::Of(tenant).reminder_plan();
    const int before = done.reminded;
    for (const Overdue& one : overdue) {
        RemindedOf& of = standing.reminded[one.amount.currency()];
        if (!RemindsOn(plan, of, one.amount, today)) continue;
        of = {of.letters + 1, today};
        ports_.letters.Reminder(tx, tenant, standing.account, one);
        ++done.reminded;
    }
    if (done.reminded > before && IsFinished(plan, standing.reminded, overdue)) ++done.finished;
}

Dunning::Done Dunning::Treat(const Tenant& tenant, AccountId account, Date today) {
    const PaymentSettings settings = PaymentSettings::Of(tenant);
    const auto again = OwedAgainOf(ports_, tenant, account);
    Done done;
    ports_.database.Transact(tenant.id, [&](db::Transaction& tx) {
        done = {};
        const auto owed = UndisputedOf(tx, ports_.invoicing, account);
        const auto open = Without(owed, BeingPaid(tx, owed));
        // What is promised, or on its way, leads no further; nor does it undo anything.
        const auto all = payments::OverdueOf(Aged(owed, again), today - kDay);
        Standing standing = StandingRepository::Lock(tx, account);
        const auto overdue =
            payments::OverdueOf(NotPromised(tx, standing, Aged(open, again), today), today - kDay);
        Announce(tx, tenant, open, standing, today, done);
        if (!AnyDue(owed, today - kDay)) {
            SetClear(ports_, tx, standing, !AnyDue(owed, today), ports_.time.CivilNow(tenant));
        } else {
            const auto steps = settings.steps();
            const auto& least = settings.reminder_thresholds.amounts;
            const DunningStep* before = StepNamed(steps, standing.step);
            const DunningStep* step = NextStep(before, StepOfAll(steps, overdue, least, today),
                                               StepOfAll(steps, all, least, today));
            Act(tx, tenant, standing, step);
            if (IsFurther(step, before)) {
                ports_.letters.Step(tx, tenant, account, *step, overdue.front());
                // Its letter is the day's reminder.
                for (const Overdue& one : overdue)
                    standing.reminded[one.amount.currency()].last = today;
                ++done.stepped;
            } else {
                Write(tx, tenant, standing, overdue, today, done);
            }
            standing.step = step == nullptr ? "" : step->name;
        }
        StandingRepository::Save(tx, standing);
        tx.Touch(SubjectOf(account));
    });
    return done;
}

void Dunning::Clear(const PaymentPorts& ports, db::Transaction& tx, const Tenant& tenant,
                    AccountId account, CivilTime now) {
    auto standing = StandingRepository::LockIfThere(tx, account);
    if (!standing || !standing->IsTreated()) return;
    const Date today = DayOf(now);
    const auto owed = UndisputedOf(tx, ports.invoicing, account);
    std::set<Currency> still_due;
    for (const OwedInvoice& one : owed) {
        if (one.due_on <= today) still_due.insert(one.balance.currency());
    }
    SettleTries(*standing, still_due);
    if (!AnyDue(owed, today - kDay))
        SetClear(ports, tx, *standing, still_due.empty(), now);
    else
        StepBack(ports, tx, tenant, *standing, payments::OverdueOf(owed, today - kDay), now);
    StandingRepository::Save(tx, *standing);
}

Date Dunning::LastPromise(const Tenant& tenant, Date today) const {
    return today + std::chrono::days(PaymentSettings::Of(tenant).longest_promise_days);
}

Result<void> Dunning::Promise(const Tenant& tenant, AccountId account, Date pays_by,
                              const std::string& by) {
    return db::Attempt<void>(ports_.database, tenant.id, [&](db::Transaction& tx) {
        return PromiseIn(tx, tenant, account, pays_by, by);
    });
}

Result<void> Dunning::PromiseIn(db::Transaction& tx, const Tenant& tenant, AccountId account,
                                Date pays_by, const std::string& by) {
    const Date today = DayOf(ports_.time.CivilNow(tenant));
    if (pays_by < today || pays_by > LastPromise(tenant, today))
        return InvalidField("pays_by", "error.pays_by");
    const auto promised = PromiseRepository::Of(tx, account);
    bool any = false;
    bool is_new = false;
    for (const OwedInvoice& invoice : OwedBy(tx, ports_.invoicing, account)) {
        if (invoice.due_on > today) continue;
        any = true;
        is_new = is_new || !promised.contains(invoice.id);
        if (!promised.contains(invoice.id))
            PromiseRepository::Add(tx, {invoice.id, account, ports_.clock.Now(), pays_by, by});
    }
    if (!any) return Conflict("error.nothing_due");
    if (!is_new) return Conflict("error.promised");
    Standing standing = StandingRepository::Lock(tx, account);
    standing.promise = payments::Promise{today, pays_by};
    StandingRepository::Save(tx, standing);
    tx.Touch(SubjectOf(account));
    return {};
}

std::vector<Overdue> Dunning::OverdueOf(const Tenant& tenant, AccountId account, Date today) {
    using All = std::vector<Overdue>;
    return *db::Rehearse<All>(ports_.database, tenant.id, [&](db::Transaction& tx) -> Result<All> {
        return payments::OverdueOf(UndisputedOf(tx, ports_.invoicing, account), today - kDay);
    });
}

PaymentStanding::State StandingOfAccounts::Of(db::Transaction& tx, AccountId account) {
    const auto standing = StandingRepository::LockIfThere(tx, account);
    if (standing && standing->blocked) return State::kBlocked;
    return standing && !standing->step.empty() ? State::kWarned : State::kClear;
}

}  // namespace livery::payments
