#include "web/payment_text.h"

namespace livery::payments {

std::string PathOf(PaymentId id) { return "/payments/" + id.ToString(); }

std::string StateText(const Payment& payment, const Formatter& t) {
    return t.Text("payment_state." + std::string(ToString(payment.state)));
}

std::string NextStepText(const Payment& payment, const Formatter& t) {
    const std::string_view state = ToString(payment.state);
    switch (payment.state) {
        case PaymentState::kDeclined:
        case PaymentState::kFailed:
            return t.Text("next_step." +
                          std::string(ToString(payment.refusal ? ClassOf(*payment.refusal)
                                                               : DeclineClass::kOurs)));
        case PaymentState::kCaptured:
        case PaymentState::kPartlyCaptured:
        case PaymentState::kPartlyRefunded:
        case PaymentState::kRefunded:
            return "";
        default:
            return t.Text("next_step." + std::string(state));
    }
}

std::string MethodText(const PaymentMethod& method, const Formatter& t) {
    const std::string kind = method.brand.empty()
                                 ? t.Text("method.one")
                                 : t.Text("method.brand", {{"brand", method.brand}});
    if (method.last4.empty()) return kind;
    return t.Text("method.ends_in", {{"kind", kind}, {"digits", method.last4}});
}

std::string BadgeOf(PaymentState state) {
    if (HasMoney(state)) return "paid";
    if (state == PaymentState::kFailedLate) return "overdue";
    return IsUnderWay(state) ? "pending" : "void";
}

std::string BadgeOf(RefundState state) {
    if (state == RefundState::kSucceeded) return "refunded";
    return state == RefundState::kFailed ? "void" : "pending";
}

std::string ReasonText(const Error& error, const Formatter& t) {
    return t.Text(error.fields.empty() ? error.message : error.fields.front().message);
}

}  // namespace livery::payments
