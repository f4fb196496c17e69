#include "web/payment_text.h"

#include <string_view>

namespace livery::payments {

std::string PathOf(PaymentId id) { return "/payments/" + id.ToString(); }

std::string PayAgainPath(const Payment& payment) {
    return "/payments/pay?again=" + payment.id.ToString();
}

namespace {

bool BankHoldsSome(const Payment& payment, const std::vector<Refund>& refunds) {
    return HasMoney(payment.state) && HeldByBank(payment, refunds).minor_units() > 0;
}

}  // namespace

std::string StateText(const Payment& payment, const std::vector<Refund>& refunds,
                      const Formatter& t) {
    if (!BankHoldsSome(payment, refunds))
        return t.Text("payment_state." + std::string(ToString(payment.state)));
    const bool all = HeldByBank(payment, refunds) == payment.amount;
    return t.Text(all ? "payment_state.failed_late" : "payment_state.partly_held_by_bank");
}

std::string NextStepText(const Payment& payment, const std::vector<Refund>& refunds,
                         const Formatter& t) {
    if (BankHoldsSome(payment, refunds)) return t.Text("next_step.held_by_bank");
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

bool CanPayAgain(const Payment& payment, const std::vector<Refund>& refunds) {
    if (BankHoldsSome(payment, refunds)) return true;
    return !IsUnderWay(payment.state) && !HasMoney(payment.state);
}

std::string BadgeOf(const Payment& payment, const std::vector<Refund>& refunds) {
    const PaymentState state = payment.state;
    if (BankHoldsSome(payment, refunds)) return "overdue";
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

std::vector<std::string> StandingTexts(const Standing& standing, bool is_being_paid, Date today,
                                       const Formatter& t) {
    std::vector<std::string> texts;
    if (standing.blocked)
        texts.push_back(t.Text("standing.blocked"));
    else if (!standing.step.empty())
        texts.push_back(t.Text("standing.warned"));
    if (Holds(standing.promise, today))
        texts.push_back(t.Text("standing.promised", {{"date", t.Day(standing.promise->pays_by)}}));
    // What was switched off, or promised for a later day, is not tried on that one.
    const bool tries =
        standing.pays_automatically && !is_being_paid && !Holds(standing.promise, today);
    const auto next_try = standing.NextTry();
    if (tries && standing.MostTries() > 0 && next_try)
        texts.push_back(t.Text("standing.next_try", {{"date", t.Day(*next_try)}}));
    return texts;
}

}  // namespace livery::payments
