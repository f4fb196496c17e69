#include "app/payment_commands.h"

#include <fmt/format.h>

#include <livery/json.h>
#include <livery/money/rounding.h>

#include "app/command_answers.h"

namespace livery::payments {

namespace {

using Json = nlohmann::ordered_json;

int LookUp(const CommandParts& parts, const CommandContext& command) {
    const Round::Report report = parts.round.Run(command.tenant);
    if (command.json) {
        command.print(Json{{"events", report.events},
                           {"payments", report.payments},
                           {"resolved", report.resolved},
                           {"refunds", report.refunds},
                           {"methods", report.methods}}
                          .dump());
        return 0;
    }
    command.print(fmt::format("{} messages, {} payments ({} resolved), {} refunds, {} methods",
                              report.events, report.payments, report.resolved, report.refunds,
                              report.methods));
    return 0;
}

int WriteDownMoney(const CommandParts& parts, const CommandContext& command) {
    const auto account = AccountId::Parse(command.Get("account"));
    const auto amount = AmountIn(command);
    if (!account || !amount)
        return Say(command, "--account: acc_…; --amount: such as 12.50; --currency: such as EUR",
                   kUsage);
    HandPayment wanted{*account, *amount, command.Get("reference")};
    if (command.Has("invoice")) {
        const auto invoice = InvoiceId::Parse(command.Get("invoice"));
        if (!invoice) return Say(command, "--invoice: inv_…", kUsage);
        wanted.parts.push_back({*invoice, *amount});
    }
    const auto written = WriteDown(parts.desk.ports(), command.tenant, wanted);
    if (!written) return Refused(parts, command, written.error());
    Record(parts, command, "payment.recorded", SubjectOf(*account), command.Get("reference"));
    return Say(command, fmt::format("{}  {}", written->id.ToString(), written->receipt), 0);
}

int GiveBack(const CommandParts& parts, const CommandContext& command) {
    const auto payment = PaymentNamed(parts, command);
    if (!payment) return Say(command, "There is no such payment.", 1);
    const auto amount = ParseMoney(command.Get("amount"), payment->amount.currency());
    if (!amount) return Say(command, "--amount: such as 12.50", kUsage);
    Refunds::Wish wish{payment->id, *amount, command.Get("reason")};
    if (command.Has("credit-note")) {
        wish.noted = InvoiceId::Parse(command.Get("credit-note"));
        if (!wish.noted) return Say(command, "--credit-note: inv_…", kUsage);
    }
    const bool bank = command.Has("chargeback");
    const bool again = command.Has("reversal");
    const auto given = bank    ? parts.refunds.ChargeBack(command.tenant, wish)
                       : again ? parts.refunds.Reverse(command.tenant, wish)
                               : parts.refunds.Give(command.tenant, wish);
    if (!given) return Refused(parts, command, given.error());
    Record(parts, command, "payment.given_back", SubjectOf(payment->account), wish.reason);
    return Say(command,
               fmt::format("{}  {} {}", given->id.ToString(), ToString(given->kind),
                           ToString(given->state)),
               given->state == RefundState::kFailed ? 1 : 0);
}

}  // namespace

std::vector<Command> PaymentCommands(const CommandParts& parts) {
    const CommandOption payment{"payment", "pay_…", false, true};
    const CommandOption reason{"reason", "Why, for the audit log", false, true};
    return {
        {"look-up-payments",
         "Ask providers what became of what is open",
         "livery look-up-payments --tenant harbor",
         {},
         Bound(parts, LookUp)},
        {"record-payment",
         "Write down money that came another way",
         "livery record-payment --tenant harbor --account acc_… --amount 12.50 --reference TRF-1",
         {{"account", "acc_…", false, true},
          {"amount", "How much", false, true},
          {"currency", "The tenant's without", false, false},
          {"reference", "The payer's", false, true},
          {"invoice", "inv_…: for this one; without it for the oldest", false, false}},
         Bound(parts, WriteDownMoney)},
        {"refund-payment",
         "Give money back, or note what a bank did",
         "livery refund-payment --tenant harbor --payment pay_… --amount 5.00 --reason \"Rain\"",
         {payment,
          reason,
          {"amount", "How much", false, true},
          {"credit-note", "inv_…: with a credit note on it", false, false},
          {"chargeback", "The payer's bank took it back", true},
          {"reversal", "The bank gave it to us again", true}},
         Bound(parts, GiveBack)}};
}

}  // namespace livery::payments
