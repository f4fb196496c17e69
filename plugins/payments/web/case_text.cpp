#include "web/case_text.h"

#include "domain/case_kind.h"
#include "web/payment_text.h"

namespace livery::payments {

namespace {

// Kinds that are seen to in the same way have one advice.
std::string_view AdviceKeyOf(std::string_view kind) {
    if (kind == "bank_not_followed" || kind == "not_reversed" || kind == "refund_not_booked" ||
        kind == "took_another_time")
        return "by_hand";
    if (kind == "refund_unresolved" || kind == "refund_other_amount") return "refund_look";
    if (!IsKnownKind(kind) || kind == "other_amount" || kind == "took_more" ||
        kind == "took_unsaid" || kind == "other_payment")
        return "other";
    return kind;
}

}  // namespace

std::string KindText(std::string_view kind, const Formatter& t) {
    return t.Text("case_kind." + std::string(IsKnownKind(kind) ? kind : "other"));
}

std::string AdviceText(std::string_view kind, const Formatter& t) {
    return t.Text("case_advice." + std::string(AdviceKeyOf(kind)));
}

std::string StaffStateText(PaymentState state, const Formatter& t) {
    // "Waiting for you" is said to who pays.
    if (state == PaymentState::kRequiresAction) return t.Text("cases.waits_for_payer");
    return t.Text("payment_state." + std::string(ToString(state)));
}

std::string StaffStateText(const Payment& payment, const std::vector<Refund>& refunds,
                           const Formatter& t) {
    if (payment.state == PaymentState::kRequiresAction) return StaffStateText(payment.state, t);
    return StateText(payment, refunds, t);
}

std::string_view StaffBadgeOf(PaymentState state) {
    if (HasMoney(state)) return "paid";
    if (state == PaymentState::kFailedLate) return "overdue";
    return IsUnderWay(state) ? "pending" : "void";
}

}  // namespace livery::payments
