#include "app/reconciliation.h"

#include <algorithm>
#include <tuple>

#include <livery/db/attempt.h>

#include "app/dunning.h"
#include "app/hand_payments.h"
#include "app/listed_moves.h"
#include "app/refunds.h"
#include "domain/said_by.h"
#include "storage/case_repository.h"
#include "storage/payment_repository.h"
#include "storage/refund_repository.h"

namespace livery::payments {

namespace {

constexpr std::chrono::days kDay{1};
constexpr std::chrono::days kSlack{2};  // for providers' days and slow banks

bool Moved(PaymentState state) { return HasMoney(state) || state == PaymentState::kFailedLate; }

BookedMove MoveOf(const Payment& payment) {
    return {MoveKind::kPayment,
            payment.id,
            payment.provider_id,
            payment.reference,
            payment.processed.value_or(payment.amount),
            Moved(payment.state),
            std::nullopt,
            false};
}

BookedMove MoveOf(const Refund& refund) {
    return {MoveKind::kRefund, refund.payment, refund.provider_id,
            refund.reference,  refund.amount,  refund.state == RefundState::kSucceeded,
            std::nullopt,      false};
}

std::vector<std::string> InstancesThat(Gateways& gateways, const Tenant& tenant, bool list) {
    std::vector<std::string> ids;
    for (const Gateways::Instance& instance : gateways.Of(tenant)) {
        if (!list && !instance.out_of_order.empty()) continue;  // what it can do is not known
        if (instance.Can("list_transactions") == list) ids.push_back(instance.id);
    }
    return ids;
}

}  // namespace

// What has our reference, or an id that we know, and has not moved here, is looked up first: then
// it has, or it is a difference.
std::optional<BookedMove> Reconciliation::BookedPayment(const Tenant& tenant,
                                                        const std::string& instance,
                                                        const ListedMove& move) {
    const auto known = PaymentRepository::ByProvider(desk_.ports().database, tenant.id, instance,
                                                     move.provider_id, move.reference);
    if (!known) return std::nullopt;
    Payment payment = *known;
    // What had come back may have been taken once more, which is then a person's case.
    if (!HasMoney(payment.state)) {
        if (payment.provider_id.empty()) payment.provider_id = move.provider_id;
        if (auto applied = desk_.LookUp(tenant, payment)) payment = std::move(applied->payment);
    }
    return MoveOf(payment);
}

std::optional<BookedMove> Reconciliation::BookedChargeback(const Tenant& tenant,
                                                           const std::string& instance,
                                                           const ListedMove& move) {
    const auto payment = PaymentRepository::ByProvider(desk_.ports().database, tenant.id, instance,
                                                       move.provider_id, "");
    if (!payment) return std::nullopt;
    Money held = HeldOf(tenant, *payment);
    bool agrees = InAskedCurrency(*payment, move.amount) == held ||
                  payment->state == PaymentState::kFailedLate;
    // The list has what moved in its own days; the rest of an older dispute is not on it. What the
    // bank holds in all the lookup says.
    if (!agrees) {
        const Held looked = HeldAfterLookUp(tenant, *payment);
        agrees = looked.is_confirmed;
        held = looked.here;
    }
    return BookedMove{MoveKind::kChargeback,
                      payment->id,
                      move.provider_id,
                      payment->reference,
                      agrees ? move.amount : held,
                      agrees || held.minor_units() != 0};
}

Money Reconciliation::HeldOf(const Tenant& tenant, const Payment& payment) {
    Money held(0, payment.amount.currency());
    desk_.ports().database.Transact(tenant.id, [&](db::Transaction& tx) {
        held = RefundRepository::ChargedBackOf(tx, payment);
    });
    return held;
}

Reconciliation::Held Reconciliation::HeldAfterLookUp(const Tenant& tenant, const Payment& payment) {
    const auto applied = desk_.LookUp(tenant, payment);
    if (!applied || !applied->charged_back) return {HeldOf(tenant, payment)};
    (void)Refunds(desk_).FollowBank(tenant, applied->payment, *applied->charged_back);
    const Money here = HeldOf(tenant, payment);
    return {here, InAskedCurrency(payment, *applied->charged_back) == here};
}

// A dispute that was won in the same days is not on the list either, and an older one need not be.
std::optional<BookedMove> Reconciliation::UnlistedChargeback(const Tenant& tenant, PaymentId id) {
    const auto payment = PaymentRepository::Find(desk_.ports().database, tenant.id, id);
    if (!payment || payment->state == PaymentState::kFailedLate) return std::nullopt;
    if (HeldOf(tenant, *payment).minor_units() == 0) return std::nullopt;
    const Held held = HeldAfterLookUp(tenant, *payment);
    if (held.is_confirmed || held.here.minor_units() == 0) return std::nullopt;
    return BookedMove{MoveKind::kChargeback, id, payment->provider_id, payment->reference,
                      held.here};
}

void Reconciliation::AddUnlisted(const Tenant& tenant, const std::string& instance, Instant from,
                                 Instant until, std::vector<BookedMove>& booked) {
    db::Database& database = desk_.ports().database;
    const auto is_there = [&](MoveKind kind, const auto& is_same) {
        return std::any_of(booked.begin(), booked.end(),
                           [&](const BookedMove& one) { return one.kind == kind && is_same(one); });
    };
    const auto add = [&](const BookedMove& move) {
        booked.push_back(move);
        booked.back().must_be_listed = true;
    };
    for (const Payment& payment :
         PaymentRepository::TakenBetween(database, tenant.id, instance, from, until)) {
        const auto same = [&](const BookedMove& one) { return one.payment == payment.id; };
        if (!is_there(MoveKind::kPayment, same)) add(MoveOf(payment));
    }
    for (const BookedMove& refund :
         ComparisonRepository::RefundsBetween(database, tenant.id, instance, from, until)) {
        const auto same = [&](const BookedMove& one) { return one.reference == refund.reference; };
        if (!is_there(MoveKind::kRefund, same)) add(refund);
    }
    for (const PaymentId id :
         ComparisonRepository::ChargedBackBetween(database, tenant.id, instance, from, until)) {
        if (is_there(MoveKind::kChargeback, [&](const auto& one) { return one.payment == id; }))
            continue;
        if (const auto unlisted = UnlistedChargeback(tenant, id)) add(*unlisted);
    }
}

// One that is not over here is looked up first, as a payment is.
std::optional<BookedMove> Reconciliation::BookedRefund(const Tenant& tenant,
                                                       const std::string& instance,
                                                       const ListedMove& move) {
    auto refund = RefundRepository::ByProvider(desk_.ports().database, tenant.id, instance,
                                               move.provider_id, move.reference);
    if (!refund) return std::nullopt;
    if (refund->state != RefundState::kSucceeded) {
        if (auto looked_up = Refunds(desk_).LookUp(tenant, *refund)) refund = *std::move(looked_up);
    }
    return MoveOf(*refund);
}

std::optional<BookedMove> Reconciliation::Booked(const Tenant& tenant, const std::string& instance,
                                                 const ListedMove& move) {
    std::optional<BookedMove> booked;
    if (move.kind == MoveKind::kPayment) booked = BookedPayment(tenant, instance, move);
    if (move.kind == MoveKind::kChargeback) booked = BookedChargeback(tenant, instance, move);
    if (move.kind == MoveKind::kRefund) booked = BookedRefund(tenant, instance, move);
    if (booked)
        booked->fee =
            ComparisonRepository::FeeOf(desk_.ports().database, tenant.id, instance, move);
    return booked;
}

void Reconciliation::Compare(const Tenant& tenant, const ComparisonRepository::Day& day,
                             Report& report) {
    const PaymentPorts& ports = desk_.ports();
    const Instant now = ports.clock.Now();
    const Instant until(day.day + kDay);
    const Instant from =
        Instant(day.day) - HabitsOf(ports.gateways, tenant, day.instance).decides_within - kSlack;
    ports.database.Transact(
        tenant.id, [&](db::Transaction& tx) { ComparisonRepository::Begin(tx, day, now); });
    const ListRead list = ReadList(ports.gateways, tenant, day.instance, from, now);
    if (!list.fault.empty()) {
        ++report.failed;
        report.fault = list.fault;
        ports.log.Warn(
            "payment.list_not_read",
            {{"tenant", tenant.id.value()}, {"instance", day.instance}, {"why", list.fault}});
        return;
    }
    std::vector<BookedMove> booked;
    for (const ListedMove& move : list.moves) {
        const auto found = Booked(tenant, day.instance, move);
        if (found && std::none_of(booked.begin(), booked.end(), [&](const BookedMove& one) {
                return one.kind == found->kind && one.reference == found->reference;
            }))
            booked.push_back(*found);
    }
    // Those that began in the first day of the list's time may stand before it.
    AddUnlisted(tenant, day.instance, from + kDay, until, booked);
    const Comparison comparison = payments::Compare(list.moves, booked);
    ports.database.Transact(tenant.id, [&](db::Transaction& tx) {
        int fresh = 0;
        for (const ListedMove& move : comparison.matched)
            ComparisonRepository::KeepFee(tx, day.instance, move, now);
        for (const Difference& difference : comparison.differences) {
            const OpenDifference found{DifferenceId(ports.ids.Next()), day.instance, difference,
                                       now};
            if (DifferenceRepository::Add(tx, found)) ++fresh;
        }
        ComparisonRepository::End(tx, day, now, list.moves.size(), comparison.matched.size(),
                                  comparison.differences.size());
        report.differences += fresh;
    });
    ++report.lists;
    report.listed += static_cast<int>(list.moves.size());
    report.matched += static_cast<int>(comparison.matched.size());
}

Date Reconciliation::LastDay() const {
    return std::chrono::floor<std::chrono::days>(desk_.ports().clock.Now()) - kDay;
}

std::vector<std::string> Reconciliation::Listing(const Tenant& tenant) {
    return InstancesThat(desk_.ports().gateways, tenant, true);
}

std::vector<std::string> Reconciliation::NotListing(const Tenant& tenant) {
    return InstancesThat(desk_.ports().gateways, tenant, false);
}

Reconciliation::Report Reconciliation::Run(const Tenant& tenant) {
    using Day = ComparisonRepository::Day;
    db::Database& database = desk_.ports().database;
    std::vector<Day> days = ComparisonRepository::Unfinished(database, tenant.id);
    for (const std::string& instance : Listing(tenant)) {
        const auto ended = ComparisonRepository::EndedDays(
            database, tenant.id, {instance, LastDay()}, kMostDaysCompared + 1);
        for (const Date day : DaysToCompare(ended, LastDay())) days.push_back({instance, day});
    }
    const auto key = [](const Day& one) { return std::tie(one.day, one.instance); };
    std::sort(days.begin(), days.end(),
              [&](const Day& a, const Day& b) { return key(a) < key(b); });
    days.erase(std::unique(days.begin(), days.end(),
                           [&](const Day& a, const Day& b) { return key(a) == key(b); }),
               days.end());
    Report report;
    for (const Day& day : days) Compare(tenant, day, report);
    for (const std::string& instance : NotListing(tenant))
        desk_.ports().log.Warn("payment.not_compared",
                               {{"tenant", tenant.id.value()},
                                {"instance", instance},
                                {"why", "its gateway lists nothing: compare by hand"}});
    return report;
}

Result<std::vector<Reconciliation::Compared>> Reconciliation::CompareAgain(const Tenant& tenant,
                                                                           const Span& span) {
    const Date to = span.to.value_or(LastDay());
    if (span.from > LastDay()) return InvalidField("from", "error.day_not_over");
    if (to > LastDay()) return InvalidField("to", "error.day_not_over");
    if (to < span.from) return InvalidField("to", "error.before_from");
    if (to - span.from >= kDay * kMostDaysCompared)
        return InvalidField("from", "error.too_many_days");
    std::vector<std::string> instances = Listing(tenant);
    if (!span.instance.empty())
        instances.erase(std::remove_if(instances.begin(), instances.end(),
                                       [&](const auto& id) { return id != span.instance; }),
                        instances.end());
    if (instances.empty()) return InvalidField("instance", "error.cannot_list");
    std::vector<Compared> compared;
    for (Date day = span.from; day <= to; day += kDay) {
        for (const std::string& instance : instances) {
            compared.push_back({{instance, day}, {}});
            Compare(tenant, compared.back().day, compared.back().report);
        }
    }
    return compared;
}

// As if it had come by hand, but with the provider's id: what it tells of it later is found.
Result<void> Reconciliation::Book(db::Transaction& tx, const Tenant& tenant,
                                  const OpenDifference& open, AccountId account) {
    const PaymentPorts& ports = desk_.ports();
    const CivilTime now = ports.time.CivilNow(tenant);
    const PaymentId id(ports.ids.Next());
    const Money amount = *open.difference.there;
    LIVERY_TRY(CheckUnderWay(tx, amount, {}, ports.invoicing.LockOwed(tx, account)));
    Payment payment{.id = id,
                    .account = account,
                    .origin = Origin::kStaff,
                    .instance = open.instance,
                    .state = PaymentState::kCaptured,
                    .key = {AttemptKey::Kind::kPayment, id.uuid(), 1},
                    .amount = amount,
                    .processed = amount,
                    .given_back = Money(0, amount.currency()),
                    .provider_id = open.difference.provider_id,
                    .began_at = ports.clock.Now(),
                    .shown_at = ports.time.Now(tenant),
                    .sent_by = ports.clock.Now()};
    payment.reference = payment.key.Reference();
    LIVERY_TRY(
        ports.invoicing.RecordPayment(tx, account, {payment.reference, amount, {}, {}}, now));
    PaymentRepository::Add(tx, payment);
    Dunning::Clear(ports, tx, tenant, account, now);
    payment.receipt = ReceiptRepository::Add(tx, {account, id, std::nullopt, now, amount});
    PaymentRepository::Save(tx, payment);
    ports.letters.Received(tx, tenant, payment, amount);
    tx.Touch(SubjectOf(account));
    return {};
}

Result<OpenDifference> Reconciliation::Decide(const Tenant& tenant, const Decision& decision) {
    return db::Attempt<OpenDifference>(desk_.ports().database, tenant.id, [&](db::Transaction& tx) {
        return DecideIn(tx, tenant, decision);
    });
}

Result<OpenDifference> Reconciliation::DecideIn(db::Transaction& tx, const Tenant& tenant,
                                                const Decision& decision) {
    LIVERY_TRY(CheckSaidBy(decision.by, decision.reason));
    // The account's invoices before anything of payments, everywhere.
    if (decision.book_for) desk_.ports().invoicing.LockOwed(tx, *decision.book_for);
    const auto open = DifferenceRepository::LockOpen(tx, decision.id);
    if (!open) return NotFound("error.not_found");
    if (decision.book_for) {
        const Difference& difference = open->difference;
        if (difference.kind != DifferenceKind::kMissingHere ||
            difference.about != MoveKind::kPayment)
            return InvalidField("book_for", "error.not_missing");
        LIVERY_TRY(Book(tx, tenant, *open, *decision.book_for));
    }
    DifferenceRepository::Close(tx, open->id, desk_.ports().clock.Now(), decision.by,
                                decision.reason);
    return *open;
}

}  // namespace livery::payments
