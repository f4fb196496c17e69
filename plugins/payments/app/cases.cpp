#include "app/cases.h"

#include <livery/db/attempt.h>

#include "app/refunds.h"
#include "domain/said_by.h"
#include "storage/case_repository.h"
#include "storage/payment_repository.h"
#include "storage/refund_repository.h"

namespace livery::payments {

std::string_view AdviceOn(std::string_view kind) {
    if (kind == "dispute")
        return "The payer's bank disputes it. Answer at the provider; what it holds is booked. "
               "Then close-payment-case.";
    if (kind == "unresolved")
        return "Nobody could tell what became of it. Ask the provider, then decide-payment.";
    if (kind == "late_success")
        return "It was taken after all, when it had been given up. It has paid what was still "
               "owed, "
               "and the rest is the account's credit: give back with refund-payment what was paid "
               "twice, or leave it. Then close-payment-case.";
    if (kind == "bank_not_followed" || kind == "not_reversed" || kind == "refund_not_booked" ||
        kind == "took_another_time")
        return "The money moved and the books could not follow. Put them right by hand, then "
               "close-payment-case.";
    if (kind == "refund_late")
        return "A refund went out after it was given up; it is booked. See whether it was given "
               "once more meanwhile. Then close-payment-case.";
    if (kind == kUnordered)
        return "The provider has given back money that nobody here ordered. What is told of it is "
               "booked; its invoices are owed again, but neither taken by themselves nor dunned "
               "until this is closed. Look there, credit what is not to be paid, then "
               "close-payment-case.";
    if (kind == kTakenAgain)
        return "It had come back, and the provider has taken it once more. Its invoices are owed "
               "here, but neither taken by themselves nor dunned until this is closed. Look there; "
               "if the money has come, note it with record-payment. Then close-payment-case.";
    if (kind == "took_other_currency")
        return "It was taken in another currency than was asked, and has settled the whole claim. "
               "Look at the provider what it is worth: ask for the rest, or leave it. Then "
               "close-payment-case.";
    if (kind == "refund_lost")
        return "The payer's bank has taken back a payment of which we had given something back: "
               "the payer has that twice. Ask for it back, then close-payment-case.";
    if (kind == "refund_came_back")
        return "The payer's bank has sent it back after it was booked. Decide-refund --not makes "
               "it his again, to be given back another way.";
    if (kind == "refund_unresolved" || kind == "refund_other_amount")
        return "Look at the provider what went back, then decide-refund.";
    return "The provider says something else than was asked. Look there, then decide-payment.";
}

Result<void> CloseCase(const PaymentPorts& ports, const Tenant& tenant, const ClosedCase& closed) {
    return db::Attempt<void>(ports.database, tenant.id,
                             [&](db::Transaction& tx) { return CloseCaseIn(tx, ports, closed); });
}

Result<void> CloseCaseIn(db::Transaction& tx, const PaymentPorts& ports, const ClosedCase& closed) {
    LIVERY_TRY(CheckSaidBy(closed.by, closed.reason));
    const auto payment = PaymentRepository::Lock(tx, closed.payment);
    if (!payment) return NotFound("error.not_found");
    if (IsUnderWay(payment->state)) return Conflict("error.decide_first");
    if (closed.refund) {
        const auto refund = RefundRepository::Lock(tx, *closed.refund);
        if (!refund) return NotFound("error.not_found");
        if (!IsOver(refund->state)) return Conflict("error.decide_first");
    }
    const CaseRepository::Answer answer{ports.clock.Now(), closed.by, closed.reason};
    const Case one{closed.payment, closed.kind, closed.opened_at.value_or(Instant()),
                   closed.refund};
    const bool is_closed = closed.opened_at ? CaseRepository::CloseNamed(tx, one, answer)
                                            : CaseRepository::CloseOne(tx, one, answer);
    if (!is_closed) return NotFound("error.not_found");
    return {};
}

}  // namespace livery::payments
