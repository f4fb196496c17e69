#include "domain/payment_state.h"

#include <array>

namespace livery::payments {

namespace {

struct Word {
    PaymentState state;
    std::string_view word;
};
constexpr std::array kWords{
    Word{PaymentState::kCreated, "created"},
    Word{PaymentState::kRequiresAction, "requires_action"},
    Word{PaymentState::kPending, "pending"},
    Word{PaymentState::kAuthorised, "authorised"},
    Word{PaymentState::kPartlyCaptured, "partly_captured"},
    Word{PaymentState::kCaptured, "captured"},
    Word{PaymentState::kPartlyRefunded, "partly_refunded"},
    Word{PaymentState::kRefunded, "refunded"},
    Word{PaymentState::kDeclined, "declined"},
    Word{PaymentState::kFailed, "failed"},
    Word{PaymentState::kCancelled, "cancelled"},
    Word{PaymentState::kExpired, "expired"},
    Word{PaymentState::kUnknown, "unknown"},
    Word{PaymentState::kHeld, "held"},
    Word{PaymentState::kFailedLate, "failed_late"},
};

bool IsProgress(PaymentState state) { return state <= PaymentState::kRefunded; }

// A person says what became of the money, where no machine can.
bool MayDecide(PaymentState from, PaymentState to) {
    return IsUnderWay(from) && (to == PaymentState::kCaptured || to == PaymentState::kFailed);
}

bool MayEnd(PaymentState from, PaymentState to) {
    if (from == PaymentState::kUnknown) return true;
    // What is authorised is no longer declined.
    if (from == PaymentState::kAuthorised) return to != PaymentState::kDeclined;
    return from < PaymentState::kAuthorised;
}

bool MayProgress(PaymentState from, PaymentState to, Source source) {
    // Taken after we had given it up: it is there, so it is booked.
    if (IsExit(from)) return Asks(source) && HasMoney(to);
    if (from == PaymentState::kFailedLate) return false;
    return from == PaymentState::kUnknown || from < to;
}

}  // namespace

std::string_view ToString(PaymentState state) {
    for (const Word& word : kWords) {
        if (word.state == state) return word.word;
    }
    return "";
}

std::optional<PaymentState> PaymentStateFrom(std::string_view text) {
    for (const Word& word : kWords) {
        if (word.word == text) return word.state;
    }
    return std::nullopt;
}

bool Asks(Source source) { return source == Source::kLookup || source == Source::kRepeat; }

bool MayFollow(PaymentState from, PaymentState to, Source source) {
    if (from == to || to == PaymentState::kCreated) return false;
    if (source == Source::kPerson) return MayDecide(from, to);
    if (from == PaymentState::kHeld) return false;
    if (from == PaymentState::kUnknown && !Asks(source)) return false;
    if (to == PaymentState::kUnknown) return from == PaymentState::kCreated;
    if (to == PaymentState::kHeld)
        return !HasMoney(from) && (Asks(source) || !IsExit(from)) &&
               from != PaymentState::kFailedLate;
    if (to == PaymentState::kFailedLate)
        return Asks(source) && HasMoney(from) && from != PaymentState::kRefunded;
    return IsExit(to) ? !IsExit(from) && from != PaymentState::kFailedLate && MayEnd(from, to)
                      : IsProgress(to) && MayProgress(from, to, source);
}

bool IsExit(PaymentState state) {
    return state >= PaymentState::kDeclined && state <= PaymentState::kExpired;
}

bool HasMoney(PaymentState state) {
    return state >= PaymentState::kPartlyCaptured && state <= PaymentState::kRefunded;
}

bool IsDark(PaymentState state) {
    return state == PaymentState::kCreated || state == PaymentState::kUnknown;
}

bool IsUnderWay(PaymentState state) {
    return state <= PaymentState::kAuthorised || state == PaymentState::kUnknown ||
           state == PaymentState::kHeld;
}

}  // namespace livery::payments
