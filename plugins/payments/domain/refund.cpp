#include "domain/refund.h"

#include <array>

#include "domain/look_schedule.h"

namespace livery::payments {

namespace {

constexpr std::array<std::pair<RefundKind, std::string_view>, 3> kKinds{
    {{RefundKind::kRefund, "refund"},
     {RefundKind::kChargeback, "chargeback"},
     {RefundKind::kReversal, "reversal"}}};
constexpr std::array<std::pair<RefundState, std::string_view>, 6> kStates{
    {{RefundState::kCreated, "created"},
     {RefundState::kPending, "pending"},
     {RefundState::kSucceeded, "succeeded"},
     {RefundState::kFailed, "failed"},
     {RefundState::kUnknown, "unknown"},
     {RefundState::kHeld, "held"}}};

template <class Table, class Value>
std::string_view WordOf(const Table& table, Value value) {
    for (const auto& [known, word] : table) {
        if (known == value) return word;
    }
    return "";
}
template <class Value, std::size_t N>
std::optional<Value> ValueOf(const std::array<std::pair<Value, std::string_view>, N>& table,
                             std::string_view text) {
    for (const auto& [known, word] : table) {
        if (word == text) return known;
    }
    return std::nullopt;
}

bool IsOpen(RefundState state) {
    return state == RefundState::kCreated || state == RefundState::kPending ||
           state == RefundState::kUnknown;
}

struct Heard {
    std::optional<RefundState> state;  // none: nothing was learned
    bool is_missing = false;
    bool differs = false;
};

// Whoever was turned away, or may not ask so, has not been told what became of it.
bool IsOfTheAsking(const Refusal& refusal) {
    return refusal.category == "rate_limited" || refusal.category == "configuration" ||
           refusal.category == "unsupported";
}

bool TellsNothing(const Said& said, Source source) {
    if (!said.refusal) return false;
    if (LeavesOpen(*said.refusal)) return true;
    if (said.state != "failed" && said.state != "succeeded") return true;
    return source == Source::kLookup && IsOfTheAsking(*said.refusal);
}

Heard Read(const Refund& refund, const Said& said, Source source) {
    if (said.state == "not_found") return {std::nullopt, source == Source::kLookup, false};
    if (TellsNothing(said, source)) return {};
    if (said.amount && *said.amount != refund.amount) return {RefundState::kHeld, false, true};
    if (said.state == "failed") return {RefundState::kFailed, false, false};
    if (said.state != "succeeded") return {RefundState::kPending, false, false};
    if (!said.amount) return {};
    return {RefundState::kSucceeded, false, false};
}

Heard HeardOf(const Refund& refund, Fate fate, const std::optional<Said>& said, Source source) {
    const bool starts = source == Source::kAnswer;
    if (fate == Fate::kNothingSent && starts) return {RefundState::kFailed, false, false};
    if (fate == Fate::kAnswered && said) {
        const Heard heard = Read(refund, *said, source);
        if (heard.state || heard.is_missing) return heard;
    }
    return starts ? Heard{RefundState::kUnknown, false, false} : Heard{};
}

// It was given up, or refused, and is there after all. What was booked before has come back, as a
// person said by name: that is his to change.
bool IsThereAfterAll(const Refund& refund, RefundState to, Source source) {
    if (refund.state != RefundState::kFailed || source != Source::kLookup) return false;
    if (!refund.receipt.empty() || refund.kind != RefundKind::kRefund) return false;
    if (to == RefundState::kSucceeded) return true;
    const bool was_named = !refund.provider_id.empty();
    return !was_named && (to == RefundState::kPending || to == RefundState::kHeld);
}

bool MayEnter(const Refund& refund, RefundState to, Source source) {
    if (IsThereAfterAll(refund, to, source)) return true;
    if (!IsOpen(refund.state) || refund.state == to) return false;
    if (refund.state == RefundState::kUnknown) return source == Source::kLookup;
    return to != RefundState::kUnknown || refund.state == RefundState::kCreated;
}

void Enter(Refund& refund, RefundState to, RefundProgress& progress) {
    progress.retake = refund.state == RefundState::kFailed;
    refund.state = to;
    progress.book = to == RefundState::kSucceeded;
    progress.release = to == RefundState::kFailed;
    if (progress.retake && progress.book) progress.alarm = "refund_late";
}

// A request that took the long way round must not be lost.
constexpr std::chrono::days kOnceMore{1};

std::optional<Instant> NextLook(const Refund& refund, const ProviderHabits& habits, Instant now) {
    return refund.state == RefundState::kPending
               ? NextLookAtPending(refund.began_at, habits.decides_within, refund.looks, now)
               : NextLookAtUnknown(refund.began_at, refund.looks, now);
}

// Its last look has learnt nothing, or its own call ended after it was given up.
bool AsksOnceMore(const Refund& refund, const Heard& heard, Source source) {
    if (refund.state != RefundState::kFailed || !refund.next_look_at) return false;
    return source == Source::kLookup ? !heard.state && !heard.is_missing
                                     : heard.state != RefundState::kFailed;
}

}  // namespace

std::string_view ToString(RefundKind kind) { return WordOf(kKinds, kind); }
std::optional<RefundKind> RefundKindFrom(std::string_view word) { return ValueOf(kKinds, word); }
std::string_view ToString(RefundState state) { return WordOf(kStates, state); }
std::optional<RefundState> RefundStateFrom(std::string_view word) { return ValueOf(kStates, word); }

bool IsOver(RefundState state) {
    return state == RefundState::kSucceeded || state == RefundState::kFailed;
}

RefundProgress Advance(Refund& refund, Fate fate, const std::optional<Said>& said, Source source,
                       const ProviderHabits& habits, Instant now) {
    RefundProgress progress;
    Heard heard = HeardOf(refund, fate, said, source);
    progress.is_missing = heard.is_missing;
    const bool missing_counts =
        heard.is_missing && MissingCounts(refund.sent_by, habits.finds_after, now);
    progress.learned = heard.state || missing_counts;
    const bool dark =
        refund.state == RefundState::kCreated || refund.state == RefundState::kUnknown;
    // Unlike a payment it is not asked for again under another key by itself, so what is missing
    // has failed.
    const bool given_up = missing_counts && dark;
    if (given_up) heard.state = RefundState::kFailed;
    // Who asks out of turn leaves the plan as it is.
    const bool is_early =
        source == Source::kLookup && refund.next_look_at && *refund.next_look_at > now;
    if (source == Source::kLookup && !is_early) ++refund.looks;
    const auto planned = refund.next_look_at;
    const bool entered = heard.state && MayEnter(refund, *heard.state, source);
    if (entered) {
        Enter(refund, *heard.state, progress);
        if (heard.differs) progress.alarm = "refund_other_amount";
    } else if (source == Source::kLookup && refund.state == RefundState::kSucceeded &&
               heard.state == RefundState::kFailed) {
        // It was booked, and the payer's bank has sent it back: a person says what comes of it.
        progress.alarm = "refund_came_back";
    }
    const bool waits = IsOpen(refund.state);
    if (given_up)
        refund.next_look_at = now + kOnceMore;
    else if (waits || AsksOnceMore(refund, heard, source))
        refund.next_look_at = NextLook(refund, habits, now);
    else
        refund.next_look_at.reset();
    if (is_early && refund.next_look_at && !given_up)
        refund.next_look_at = std::min(*refund.next_look_at, *planned);
    // An answer that came too late to be believed, and says something else: ask at once.
    if (source == Source::kAnswer && !entered && progress.learned && *heard.state != refund.state &&
        heard.state != RefundState::kUnknown)
        refund.next_look_at = now;
    if (waits && !refund.next_look_at) progress.alarm = "refund_unresolved";
    return progress;
}

std::optional<RefundProgress> Decide(Refund& refund, bool went_back) {
    const bool is_over = IsOver(refund.state);
    const bool came_back =
        refund.state == RefundState::kSucceeded && !went_back && refund.kind == RefundKind::kRefund;
    const bool went_after_all =
        refund.state == RefundState::kFailed && went_back && refund.kind == RefundKind::kRefund;
    if (is_over && !came_back && !went_after_all) return std::nullopt;
    refund.state = went_back ? RefundState::kSucceeded : RefundState::kFailed;
    refund.next_look_at.reset();
    RefundProgress progress;
    progress.book = went_back;
    progress.release = !went_back;
    progress.unbook = came_back;
    progress.retake = went_after_all;
    return progress;
}

AttemptKey::Kind SeriesOf(RefundKind kind) {
    switch (kind) {
        case RefundKind::kRefund:
            break;
        case RefundKind::kChargeback:
            return AttemptKey::Kind::kChargeback;
        case RefundKind::kReversal:
            return AttemptKey::Kind::kReversal;
    }
    return AttemptKey::Kind::kRefund;
}

Money HeldByBank(const Payment& payment, const std::vector<Refund>& refunds) {
    Money held(0, payment.amount.currency());
    for (const Refund& refund : refunds) {
        if (refund.state != RefundState::kSucceeded) continue;
        if (refund.kind == RefundKind::kChargeback) held = held + refund.amount;
        if (refund.kind == RefundKind::kReversal) held = held - refund.amount;
    }
    return held;
}

PaymentState AfterRefunds(const Payment& payment, const Money& refunded) {
    if (!HasMoney(payment.state) || !payment.processed) return payment.state;
    const bool was_refunded =
        payment.state == PaymentState::kPartlyRefunded || payment.state == PaymentState::kRefunded;
    if (refunded.minor_units() == 0) return was_refunded ? PaymentState::kCaptured : payment.state;
    return refunded == SettledBy(payment.amount, *payment.processed)
               ? PaymentState::kRefunded
               : PaymentState::kPartlyRefunded;
}

}  // namespace livery::payments
