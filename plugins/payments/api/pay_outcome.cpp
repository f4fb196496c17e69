#include "api/pay_outcome.h"

namespace livery::payments {

using api::Finished;
using api::Json;
using api::Trouble;
using Key = Finished::Key;

namespace {

// When it is worth asking again what became of it.
constexpr std::chrono::seconds kAskAgain{5};

std::string_view CodeOf(DeclineClass decline) {
    switch (decline) {
        case DeclineClass::kSoft:
            return "error.declined_soft";
        case DeclineClass::kHard:
            return "error.declined_hard";
        case DeclineClass::kAuthenticate:
            return "error.declined_authenticate";
        case DeclineClass::kOurs:
            break;
    }
    return "error.declined";
}

Finished Declined(const Payment& payment, Json members) {
    if (payment.refusal) members["decline"] = members["payment"]["decline"];
    const auto decline = payment.refusal ? ClassOf(*payment.refusal) : DeclineClass::kOurs;
    return {Trouble{402, std::string(CodeOf(decline)), std::move(members), {}}, Key::kKept};
}

Finished NeverTaken(const Payment& payment, Json members,
                    std::optional<std::chrono::seconds> retry_after) {
    if (retry_after)
        return {Trouble{503, "error.provider_rests", std::move(members), retry_after}, Key::kFree};
    const auto wait = payment.refusal ? payment.refusal->retry_after : std::nullopt;
    return {Trouble{502, "error.provider_failed", std::move(members), wait}, Key::kFree};
}

}  // namespace

Finished OutcomeOf(const Payment& payment, Json shown,
                   std::optional<std::chrono::seconds> retry_after) {
    Json members{{"payment", shown}};
    switch (payment.state) {
        case PaymentState::kDeclined:
            return Declined(payment, std::move(members));
        case PaymentState::kFailed:
            return NeverTaken(payment, std::move(members), retry_after);
        case PaymentState::kCreated:
        case PaymentState::kUnknown:
            return {Trouble{503, "error.payment_unknown", std::move(members), kAskAgain},
                    Key::kOpen};
        case PaymentState::kHeld:
            return {Trouble{502, "error.payment_held", std::move(members), {}}, Key::kOpen};
        case PaymentState::kCancelled:
        case PaymentState::kExpired:
        case PaymentState::kFailedLate:
            return {Trouble{502, "error.payment_over", std::move(members), {}}, Key::kKept};
        case PaymentState::kRequiresAction:
        case PaymentState::kPending:
        case PaymentState::kAuthorised:
        case PaymentState::kPartlyCaptured:
        case PaymentState::kCaptured:
        case PaymentState::kPartlyRefunded:
        case PaymentState::kRefunded:
            break;
    }
    return {std::move(shown), Key::kKept};
}

Finished OutcomeOf(const Refund& refund, Json shown, bool is_repeat) {
    Json members{{"refund", shown}};
    switch (refund.state) {
        case RefundState::kFailed:
            // It was given up beside its own call, and is asked about once more.
            if (!is_repeat && refund.next_look_at)
                return {Trouble{503, "error.refund_unknown", std::move(members), kAskAgain},
                        Key::kOpen};
            return {Trouble{502, "error.refund_failed", std::move(members), {}},
                    is_repeat ? Key::kKept : Key::kFree};
        case RefundState::kCreated:
        case RefundState::kUnknown:
            return {Trouble{503, "error.refund_unknown", std::move(members), kAskAgain},
                    Key::kOpen};
        case RefundState::kHeld:
            return {Trouble{502, "error.refund_held", std::move(members), {}}, Key::kOpen};
        default:
            return {std::move(shown), Key::kKept};
    }
}

Finished OutcomeOf(const PaymentMethod& method, Json shown,
                   std::optional<std::chrono::seconds> retry_after) {
    if (method.state == MethodState::kFailed && retry_after)
        return {Trouble{503, "error.provider_rests", Json::object(), retry_after}, Key::kFree};
    if (method.state == MethodState::kFailed)
        return {Trouble{502, "error.method_failed", Json::object(), {}}, Key::kFree};
    if (method.state == MethodState::kBegun && method.action_url.empty())
        return {Trouble{503, "error.method_unknown", Json::object(), kAskAgain}, Key::kOpen};
    return {std::move(shown), Key::kKept};
}

}  // namespace livery::payments
