#include "sandbox/book/draft.h"

namespace livery::sandbox {

namespace {

using Course = Scenario::Course;

const Scenario& ScenarioOf(const Payment& payment) {
    const Scenario* scenario = ByNumber(payment.scenario);
    return scenario != nullptr ? *scenario : Scenarios().front();
}

// 1.4 % and 25 of the smallest unit, rounded half up; exact for every amount.
std::int64_t FeeOf(std::int64_t amount) {
    return 25 + amount / 1'000 * 14 + (amount % 1'000 * 14 + 500) / 1'000;
}

}  // namespace

Draft::Draft(World world, std::string merchant)
    : world_(std::move(world)), merchant_(std::move(merchant)) {
    change_.at = world_.now;
}

std::string Draft::NewId(std::string_view prefix) const {
    return std::string(prefix) + world_.random().substr(0, 20);
}

void Draft::Decide(Payment& payment) {
    const Scenario& scenario = ScenarioOf(payment);
    const bool present = !payment.off_session;
    switch (scenario.course) {
        case Course::kChallenge:
        case Course::kChallengeByPost:
        case Course::kChallengeAlways:
        case Course::kChallengeFails:
            if (present && !payment.authenticated) return AskTheCustomer(payment);
            if (!present && scenario.course != Course::kChallenge &&
                scenario.course != Course::kChallengeByPost)
                return Decline(payment, "authentication_required");
            return Authorise(payment);
        case Course::kDeclined:
            return Decline(payment, scenario.code);
        case Course::kDeclinedLater:
            return present ? Authorise(payment) : Decline(payment, scenario.code);
        case Course::kPendingPaid:
        case Course::kPendingDeclined:
            payment.state = "processing";
            payment.due = now() + delays().decision;
            return;
        case Course::kReview:
            payment.state = "under_review";
            payment.due = now() + delays().late;
            return;
        default:
            return Authorise(payment);
    }
}

void Draft::GoOn(Payment& payment) {
    const Scenario& scenario = ScenarioOf(payment);
    payment.due = 0;
    switch (scenario.course) {
        case Course::kPendingDeclined:
            return Decline(payment, scenario.code);
        case Course::kReturned:
            payment.state = "returned";
            payment.code = scenario.code;
            return Move(payment, "chargeback", payment.captured - payment.refunded);
        case Course::kDisputeWon:
        case Course::kDisputeLost:
            return Dispute(payment, scenario.course == Course::kDisputeWon);
        default:
            return Authorise(payment);
    }
}

void Draft::Authorise(Payment& payment) {
    payment.network_transaction_id = NewId("ntx_");
    if (payment.capture) return Capture(payment, payment.amount);
    payment.state = "authorised";
    payment.expires = now() + delays().authorisation;
}

void Draft::AskTheCustomer(Payment& payment) {
    payment.state = "awaiting_customer";
    if (payment.session.empty()) payment.session = world_.random();
    payment.expires = now() + delays().page;
}

void Draft::Capture(Payment& payment, std::int64_t amount) {
    payment.state = "paid";
    payment.captured = amount;
    payment.fee = FeeOf(amount);
    payment.expires = 0;
    Move(payment, "payment", amount, payment.fee);
    const Course course = ScenarioOf(payment).course;
    if (course == Course::kReturned || course == Course::kDisputeWon ||
        course == Course::kDisputeLost)
        payment.due = now() + delays().late;
}

void Draft::Decline(Payment& payment, std::string_view code) {
    payment.state = "declined";
    payment.code = code;
    payment.expires = 0;
}

// Opens at first, and is decided when it is open.
void Draft::Dispute(Payment& payment, bool won) {
    const std::int64_t amount = payment.captured - payment.refunded;
    if (payment.dispute.empty()) {
        payment.dispute = "open";
        payment.due = now() + delays().late;
        Move(payment, "chargeback", amount);
    } else {
        payment.dispute = won ? "won" : "lost";
        if (won) Move(payment, "chargeback_reversal", amount);
    }
    Tell("dispute." + payment.dispute, "dispute", payment.id, payment.reference);
}

void Draft::Finish(Refund& refund, Payment& payment) {
    refund.due = 0;
    const Scenario& scenario = ScenarioOf(payment);
    if (scenario.course == Course::kRefundFails) {
        refund.state = "failed";
        refund.code = scenario.code;
        payment.refunded -= refund.amount;
        return;
    }
    refund.state = "done";
    change_.movements.push_back({NewId("txn_"), merchant_, "refund", payment.id, refund.id,
                                 refund.reference, refund.currency, refund.amount, 0, now()});
}

void Draft::Move(const Payment& payment, std::string kind, std::int64_t amount, std::int64_t fee) {
    change_.movements.push_back({NewId("txn_"), merchant_, std::move(kind), payment.id, payment.id,
                                 payment.reference, payment.currency, amount, fee, now()});
}

void Draft::Put(const Payment& payment) {
    const Payment* before = book().FindPayment(merchant_, payment.id);
    if (before == nullptr || before->state != payment.state)
        Tell("payment." + payment.state, "payment", payment.id, payment.reference);
    change_.payments.push_back(payment);
}

void Draft::Put(const Refund& refund) {
    const Refund* before = book().FindRefund(merchant_, refund.id);
    if (before == nullptr || before->state != refund.state)
        Tell("refund." + refund.state, "refund", refund.id, refund.reference);
    change_.refunds.push_back(refund);
}

void Draft::Put(const Setup& setup) {
    const Setup* before = book().FindSetup(merchant_, setup.id);
    if (before == nullptr || before->state != setup.state)
        Tell("setup." + setup.state, "setup", setup.id, setup.reference);
    change_.setups.push_back(setup);
}

const StoredMethod* Draft::FindMethod(std::string_view token) const {
    for (const StoredMethod& method : change_.methods) {
        if (method.token == token) return &method;
    }
    return book().FindMethod(merchant_, token);
}

void Draft::Tell(std::string type, std::string about, std::string object, std::string reference) {
    change_.events.push_back({NewId("evt_"), merchant_, std::move(type), std::move(about),
                              std::move(object), std::move(reference), now()});
}

namespace {

bool Passed(std::int64_t time, std::int64_t now) { return time != 0 && time <= now; }

void Join(Change& all, Change&& one) {
    const auto append = [](auto& to, auto& from) { to.insert(to.end(), from.begin(), from.end()); };
    append(all.payments, one.payments);
    append(all.refunds, one.refunds);
    append(all.setups, one.setups);
    append(all.movements, one.movements);
    append(all.events, one.events);
}

void SettleRefunds(const Draft::World& world, Change& all) {
    for (const auto& [id, known] : world.book.refunds()) {
        if (!Passed(known.due, world.now)) continue;
        Draft draft(world, known.merchant);
        Refund refund = known;
        Payment payment = *world.book.FindPayment(known.merchant, known.payment);
        // Several refunds of one payment may end in the same moment.
        for (const Payment& changed : all.payments) {
            if (changed.id == payment.id) payment = changed;
        }
        draft.Finish(refund, payment);
        draft.Put(refund);
        draft.Put(payment);
        Join(all, std::move(draft.change()));
    }
}

template <class Record>
void Expire(const Draft::World& world, const Record& known, Change& all) {
    Draft draft(world, known.merchant);
    Record record = known;
    record.state = "expired";
    record.expires = 0;
    draft.Put(record);
    Join(all, std::move(draft.change()));
}

}  // namespace

Change Settle(const Draft::World& world) {
    Change all;
    all.at = world.now;
    for (const auto& [id, known] : world.book.payments()) {
        if (Passed(known.expires, world.now)) {
            Expire(world, known, all);
        } else if (Passed(known.due, world.now)) {
            Draft draft(world, known.merchant);
            Payment payment = known;
            draft.GoOn(payment);
            draft.Put(payment);
            Join(all, std::move(draft.change()));
        }
    }
    for (const auto& [id, known] : world.book.setups()) {
        if (Passed(known.expires, world.now)) Expire(world, known, all);
    }
    SettleRefunds(world, all);
    return all;
}

}  // namespace livery::sandbox
