#include "app/payment_commands.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <livery/money/rounding.h>

#include "storage/payment_repository.h"

namespace livery::payments {

namespace {

using Json = nlohmann::ordered_json;
constexpr int kUsage = 64;

int Say(const CommandContext& command, const std::string& text, int code) {
    command.print(text);
    return code;
}

std::string WhyOf(const Error& error) {
    return error.fields.empty() ? error.message
                                : error.fields.front().field + ": " + error.fields.front().message;
}

std::optional<Payment> PaymentNamed(const CommandParts& parts, const CommandContext& command) {
    const auto id = PaymentId::Parse(command.Get("payment"));
    if (!id) return std::nullopt;
    return PaymentRepository::Find(parts.desk.ports().database, command.tenant.id, *id);
}

void Record(const CommandParts& parts, const CommandContext& command, std::string_view action,
            AccountId account, const std::string& detail) {
    parts.desk.ports().database.Transact(command.tenant.id, [&](db::Transaction& tx) {
        parts.audit.Record(tx, {.action = action, .subject = SubjectOf(account), .detail = detail});
    });
}

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

int Decide(const CommandParts& parts, const CommandContext& command) {
    if (command.Has("taken") == command.Has("not-taken"))
        return Say(command, "Say --taken or --not-taken.", kUsage);
    const auto payment = PaymentNamed(parts, command);
    if (!payment) return Say(command, "There is no such payment.", 1);
    const auto decided = parts.desk.Decide(command.tenant, *payment, command.Has("taken"), UserId(),
                                           command.Get("reason"));
    if (!decided) return Say(command, "Refused: " + WhyOf(decided.error()), 1);
    Record(parts, command, "payment.decided", payment->account, command.Get("reason"));
    return Say(command, fmt::format("{} is {}", payment->id.ToString(), ToString(decided->state)),
               0);
}

int WriteDownMoney(const CommandParts& parts, const CommandContext& command) {
    const auto account = AccountId::Parse(command.Get("account"));
    const auto amount = ParseMoney(command.Get("amount"), command.tenant.currency);
    if (!account || !amount)
        return Say(command, "--account: acc_…; --amount: such as 12.50", kUsage);
    const auto written = WriteDown(parts.desk.ports(), command.tenant,
                                   {*account, *amount, command.Get("reference"), {}});
    if (!written) return Say(command, "Refused: " + WhyOf(written.error()), 1);
    Record(parts, command, "payment.recorded", *account, command.Get("reference"));
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
    if (!given) return Say(command, "Refused: " + WhyOf(given.error()), 1);
    Record(parts, command, "payment.given_back", payment->account, wish.reason);
    return Say(command,
               fmt::format("{}  {} {}", given->id.ToString(), ToString(given->kind),
                           ToString(given->state)),
               given->state == RefundState::kFailed ? 1 : 0);
}

}  // namespace

std::vector<Command> PaymentCommands(const CommandParts& parts) {
    const auto bound = [parts](int (*run)(const CommandParts&, const CommandContext&)) {
        return [parts, run](const CommandContext& command) { return run(parts, command); };
    };
    const CommandOption payment{"payment", "pay_…", false, true};
    const CommandOption reason{"reason", "Why, for the audit log", false, true};
    return {
        {"look-up-payments",
         "Ask providers what became of what is open",
         "livery look-up-payments --tenant harbor",
         {},
         bound(LookUp)},
        {"decide-payment",
         "Say what became of the money of a payment",
         "livery decide-payment --tenant harbor --payment pay_… --taken --reason \"Seen there\"",
         {payment, reason, {"taken", "It was taken", true}, {"not-taken", "It was not", true}},
         bound(Decide)},
        {"record-payment",
         "Write down money that came another way",
         "livery record-payment --tenant harbor --account acc_… --amount 12.50 --reference TRF-1",
         {{"account", "acc_…", false, true},
          {"amount", "In the tenant's currency", false, true},
          {"reference", "The payer's", false, true}},
         bound(WriteDownMoney)},
        {"refund-payment",
         "Give money back, or note what a bank did",
         "livery refund-payment --tenant harbor --payment pay_… --amount 5.00 --reason \"Rain\"",
         {payment,
          reason,
          {"amount", "How much", false, true},
          {"credit-note", "inv_…: with a credit note on it", false, false},
          {"chargeback", "The payer's bank took it back", true},
          {"reversal", "The bank gave it to us again", true}},
         bound(GiveBack)}};
}

}  // namespace livery::payments
