#include "domain/verdict.h"

namespace livery::payments {

namespace {

constexpr std::string_view kNotFound = "not_found";

Verdict Held(Alarm alarm) { return {PaymentState::kHeld, std::nullopt, alarm, false}; }
Verdict Plain(PaymentState state) { return {state, std::nullopt, std::nullopt, false}; }

// Words that nobody knows, and those that only we may say, are no success and no failure.
PaymentState ReadState(const std::string& word) {
    const auto state = PaymentStateFrom(word);
    const bool ours = state == PaymentState::kCreated || state == PaymentState::kUnknown ||
                      state == PaymentState::kHeld;
    return !state || ours ? PaymentState::kPending : *state;
}

// Of a state that says that money was reserved or taken, or is to be.
Verdict OfMoney(const Money& asked, PaymentState state, const Said& said) {
    if (said.amount && *said.amount != asked) return Held(Alarm::kOtherAmount);
    if (!HasMoney(state)) return Plain(state);
    // Without the repeated amount nobody knows what was taken.
    if (!said.amount) return Plain(PaymentState::kUnknown);
    if (state == PaymentState::kPartlyCaptured && !said.captured) return Held(Alarm::kTookUnsaid);
    const Money processed = said.captured.value_or(*said.amount);
    if (processed.minor_units() <= 0) return Held(Alarm::kTookUnsaid);
    if (processed.currency() == asked.currency() && processed.minor_units() > asked.minor_units())
        return Held(Alarm::kTookMore);
    // What was given back is a refund's business; that it was taken is this one's.
    const bool part = state == PaymentState::kPartlyCaptured;
    return {part ? PaymentState::kPartlyCaptured : PaymentState::kCaptured, processed, std::nullopt,
            false};
}

}  // namespace

std::string_view ToString(Alarm alarm) {
    switch (alarm) {
        case Alarm::kOtherAmount:
            return "other_amount";
        case Alarm::kTookMore:
            return "took_more";
        case Alarm::kTookUnsaid:
            return "took_unsaid";
        case Alarm::kOtherPayment:
            return "other_payment";
    }
    return "";
}

Verdict OfStart(const Money& asked, Fate fate, const std::optional<Said>& said) {
    if (fate == Fate::kNothingSent) return Plain(PaymentState::kFailed);
    if (fate == Fate::kUnknown || !said || said->state == kNotFound)
        return Plain(PaymentState::kUnknown);
    const PaymentState state = ReadState(said->state);
    // That it failed long after the fact cannot be the answer to its start.
    if (state == PaymentState::kFailedLate) return Plain(PaymentState::kUnknown);
    if (said->refusal && LeavesOpen(*said->refusal)) return Plain(PaymentState::kUnknown);
    return OfMoney(asked, state, *said);
}

Verdict OfLookup(const Money& asked, const std::string& known_id, Fate fate,
                 const std::optional<Said>& said) {
    if (fate != Fate::kAnswered || !said) return {};
    if (said->state == kNotFound) return {std::nullopt, std::nullopt, std::nullopt, true};
    if (!known_id.empty() && !said->provider_id.empty() && said->provider_id != known_id)
        return Held(Alarm::kOtherPayment);
    const PaymentState state = ReadState(said->state);
    if (state == PaymentState::kFailedLate) return Plain(state);
    if (said->refusal && LeavesOpen(*said->refusal)) return {};
    // It waits, and an error says why nobody knows for what: that was no answer about it.
    if (said->refusal && state == PaymentState::kPending) return {};
    Verdict verdict = OfMoney(asked, state, *said);
    // Asked, and still not told: that is nothing learned.
    if (verdict.state == PaymentState::kUnknown) return {};
    return verdict;
}

Verdict OfRepeat(const Money& asked, const std::string& known_id, Fate fate,
                 const std::optional<Said>& said) {
    if (!said || !said->provider_id.empty()) return OfLookup(asked, known_id, fate, said);
    const bool turned_away = said->refusal && !IsDecided(*said->refusal);
    // An end of nothing that has a name is one that nobody at the provider made: a gateway may know
    // without asking that its method is gone.
    const bool is_nobodys = known_id.empty() && IsExit(ReadState(said->state));
    return turned_away || is_nobodys ? Verdict{} : OfLookup(asked, known_id, fate, said);
}

Money SettledBy(const Money& asked, const Money& processed) {
    return processed.currency() == asked.currency() ? processed : asked;
}

}  // namespace livery::payments
