#include <fmt/format.h>

#include <livery/money/rounding.h>

#include "app/cases.h"
#include "app/command_answers.h"

namespace livery::payments {

namespace {

int DecidePayment(const CommandParts& parts, const CommandContext& command) {
    if (!PaymentId::Parse(command.Get("payment")) ||
        command.Has("taken") == command.Has("not-taken"))
        return Say(command, "--payment: pay_…; and --taken or --not-taken", kUsage);
    const auto payment = PaymentNamed(parts, command);
    if (!payment) return Say(command, "There is no such payment.", 1);
    PaymentDesk::Decision decision{command.Has("taken"), command.Get("by"), command.Get("reason")};
    if (command.Has("amount")) {
        decision.amount = ParseMoney(command.Get("amount"), payment->amount.currency());
        if (!decision.amount) return Say(command, "--amount: such as 12.50", kUsage);
    }
    if (command.Has("provider-id")) decision.provider_id = command.Get("provider-id");
    const auto decided = parts.desk.Decide(command.tenant, *payment, decision);
    if (!decided) return Refused(parts, command, decided.error());
    Record(parts, command, "payment.decided", SubjectOf(payment->account),
           fmt::format("{}: {}", decision.by, decision.reason));
    return Say(command, fmt::format("{} is {}", payment->id.ToString(), ToString(decided->state)),
               0);
}

int DecideRefund(const CommandParts& parts, const CommandContext& command) {
    const auto id = RefundId::Parse(command.Get("refund"));
    if (!id || command.Has("went-back") == command.Has("not"))
        return Say(command, "--refund: ref_…; and --went-back or --not", kUsage);
    const auto decided = parts.refunds.Decide(
        command.tenant, {*id, command.Has("went-back"), command.Get("by"), command.Get("reason")});
    if (!decided) return Refused(parts, command, decided.error());
    Record(parts, command, "refund.decided", SubjectOf(decided->account),
           fmt::format("{}: {}", command.Get("by"), command.Get("reason")));
    return Say(command, fmt::format("{} is {}", id->ToString(), ToString(decided->state)), 0);
}

int Close(const CommandParts& parts, const CommandContext& command) {
    const auto id = PaymentId::Parse(command.Get("payment"));
    if (!id) return Say(command, "--payment: pay_…", kUsage);
    ClosedCase closed{*id, command.Get("kind"), command.Get("by"), command.Get("reason")};
    if (command.Has("refund")) {
        closed.refund = RefundId::Parse(command.Get("refund"));
        if (!closed.refund) return Say(command, "--refund: ref_…", kUsage);
    }
    const auto done = CloseCase(parts.desk.ports(), command.tenant, closed);
    if (!done) return Refused(parts, command, done.error());
    Record(parts, command, "payment.case_closed", SubjectId(id->uuid()),
           fmt::format("{}: {}: {}", closed.kind, closed.by, closed.reason));
    return Say(command, fmt::format("{} of {} is closed", closed.kind, id->ToString()), 0);
}

}  // namespace

std::vector<Command> DecisionCommands(const CommandParts& parts) {
    const CommandOption payment{"payment", "pay_…", false, true};
    const CommandOption reason{"reason", "Why, for the audit log", false, true};
    const CommandOption by{"by", "Who says so, by name", false, true};
    return {
        {"decide-payment",
         "Say what became of the money of a payment",
         "livery decide-payment --tenant harbor --payment pay_… --taken --by \"J. Roe\" --reason "
         "\"Seen there\"",
         {payment,
          by,
          reason,
          {"taken", "It was taken", true},
          {"not-taken", "It was not", true},
          {"amount", "So much, where it is not what was asked", false, false},
          {"provider-id", "Its id there, where it is not known here", false, false}},
         Bound(parts, DecidePayment)},
        {"decide-refund",
         "Say what became of money that was to go back",
         "livery decide-refund --tenant harbor --refund ref_… --not --by \"J. Roe\" --reason "
         "\"The account is closed\"",
         {{"refund", "ref_…", false, true},
          by,
          reason,
          {"went-back", "The payer has it", true},
          {"not", "It is with us", true}},
         Bound(parts, DecideRefund)},
        {"close-payment-case",
         "Say that somebody has seen to what waited for a person",
         "livery close-payment-case --tenant harbor --payment pay_… --kind dispute --by \"J. Roe\" "
         "--reason \"Answered there\"",
         {payment,
          {"kind", "As payment-cases lists it", false, true},
          by,
          reason,
          {"refund", "ref_…, where payment-cases lists one", false, false}},
         Bound(parts, Close)}};
}

}  // namespace livery::payments
