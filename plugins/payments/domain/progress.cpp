#include "domain/progress.h"

namespace livery::payments {

namespace {

void Take(Payment& payment, const Verdict& verdict, Progress& progress) {
    if (!verdict.processed) return;
    if (!payment.processed) {
        payment.processed = verdict.processed;
        progress.record = SettledBy(payment.amount, *verdict.processed);
        // It settles the claim (PA-05); what it is worth a person sees.
        if (verdict.processed->currency() != payment.amount.currency())
            progress.alarm = "took_other_currency";
    } else if (*payment.processed != *verdict.processed) {
        progress.alarm = "took_another_time";
    }
}

void Enter(Payment& payment, const Verdict& verdict, Progress& progress) {
    const PaymentState before = payment.state;
    payment.state = *verdict.state;
    progress.frees_invoices = IsUnderWay(before) && !IsUnderWay(payment.state);
    if (payment.state == PaymentState::kFailedLate) progress.take_back = true;
    if (HasMoney(payment.state)) Take(payment, verdict, progress);
    // Its invoices may have been paid another way meanwhile: then this is the account's credit.
    if (HasMoney(payment.state) && !HasMoney(before) && !IsUnderWay(before))
        progress.alarm = "late_success";
    if (verdict.alarm) progress.alarm = std::string(ToString(*verdict.alarm));
}

// Nothing was named that could be looked up: only the same key, sent again, asks what came of it.
bool IsBlind(const Payment& payment, const ProviderHabits& habits, Instant now) {
    return !habits.finds_by_reference && payment.provider_id.empty() && IsDark(payment.state) &&
           now > payment.sent_by;
}

// Whoever pays by hand wants it now, and not when he has given it up.
constexpr std::chrono::minutes kStillWanted{15};

bool MaySendAgain(const Payment& payment, bool missing, const ProviderHabits& habits, Instant now) {
    if (!MayResend(payment.began_at, habits.idempotency, now)) return false;
    const bool blind = IsBlind(payment, habits, now);
    if (payment.origin == Origin::kAutomatic) return missing || blind;
    return blind && now - payment.began_at <= kStillWanted;
}

std::optional<Instant> NextLook(const Payment& payment, const ProviderHabits& habits, Instant now) {
    if (IsDark(payment.state))
        return NextLookAtUnknown(payment.began_at, payment.looks, now, habits.looks);
    if (payment.state == PaymentState::kHeld) return std::nullopt;
    return NextLookAtPending(payment.began_at, habits.decides_within, payment.looks, now,
                             habits.looks);
}

// What is over may still have a last look before it.
void Schedule(Payment& payment, bool entered, const ProviderHabits& habits, Instant now) {
    if (IsUnderWay(payment.state)) {
        payment.next_look_at = NextLook(payment, habits, now);
    } else if (entered || (payment.next_look_at && now >= *payment.next_look_at)) {
        payment.next_look_at.reset();
    }
}

// It was taken and lost again between two looks: nothing of it was ever booked here.
Verdict OfWhatIsBooked(const Payment& payment, Verdict heard) {
    const bool waits = IsUnderWay(payment.state) && payment.state != PaymentState::kHeld;
    if (heard.state == PaymentState::kFailedLate && waits && !HasMoney(payment.state))
        heard.state = PaymentState::kFailed;
    return heard;
}

// A debit that had come back was sent to the bank once more, there and not by us.
bool IsTakenAgain(const Payment& payment, const Verdict& verdict, Source source) {
    return payment.state == PaymentState::kFailedLate && Asks(source) && verdict.state &&
           HasMoney(*verdict.state);
}

}  // namespace

Progress Advance(Payment& payment, const Verdict& heard, Source source,
                 const ProviderHabits& habits, Instant now) {
    Progress progress;
    const Verdict verdict = OfWhatIsBooked(payment, heard);
    const bool missing = verdict.is_missing && IsDark(payment.state) &&
                         MissingCounts(payment.sent_by, habits.finds_after, now);
    // Whoever has learned something, or decides, need not ask once more.
    const bool again =
        source == Source::kLookup && !verdict.state && MaySendAgain(payment, missing, habits, now);
    if (Asks(source)) ++payment.looks;
    const bool entered =
        !missing && verdict.state && MayFollow(payment.state, *verdict.state, source);
    if (again) {
        progress.may_send_again = true;
    } else if (missing) {
        Enter(payment, {PaymentState::kFailed, std::nullopt, std::nullopt, false}, progress);
        // Once more, a day later: a request that took the long way round must not be lost.
        payment.next_look_at = now + std::chrono::days(1);
        return progress;
    } else if (entered) {
        Enter(payment, verdict, progress);
    }
    Schedule(payment, entered, habits, now);
    if (IsTakenAgain(payment, verdict, source)) progress.alarm = kTakenAgain;
    // An answer that came too late to be believed, and says something else: ask at once.
    if (source == Source::kAnswer && !entered && verdict.state && *verdict.state != payment.state)
        payment.next_look_at = now;
    const bool waits = IsUnderWay(payment.state) && payment.state != PaymentState::kHeld;
    if (waits && !payment.next_look_at) progress.alarm = "unresolved";
    return progress;
}

}  // namespace livery::payments
