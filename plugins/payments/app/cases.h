#pragma once

#include <string>
#include <string_view>

#include "app/payment_desk.h"

namespace livery::payments {

// A person has seen to what waited for one. kInvalidArgument on `by`, `reason`. kNotFound: no such
// case is open. kConflict `error.decide_first`: the money of the payment, or refund, is not
// known yet, and closing the case would leave it so.
struct ClosedCase {
    PaymentId payment;
    std::string kind;
    std::string by;
    std::string reason;
    std::optional<RefundId> refund = {};  // where it is about one of the payment's
    // Of whoever names it by when it was opened: not one that was opened again since.
    std::optional<Instant> opened_at = {};
};
Result<void> CloseCase(const PaymentPorts& ports, const Tenant& tenant, const ClosedCase& closed);
Result<void> CloseCaseIn(db::Transaction& tx, const PaymentPorts& ports, const ClosedCase& closed);

// What a person is to do with a case of that kind, in words.
std::string_view AdviceOn(std::string_view kind);

}  // namespace livery::payments
