#include "app/command_answers.h"

#include <fmt/format.h>

#include <livery/json.h>
#include <livery/money/rounding.h>

#include "storage/payment_repository.h"

namespace livery::payments {

int Say(const CommandContext& command, const std::string& text, int code) {
    if (command.json)
        command.print(nlohmann::json{{code == 0 ? "message" : "error", text}}.dump());
    else
        command.print(text);
    return code;
}

std::optional<AccountId> AccountNamed(const CommandParts& parts, const CommandContext& command,
                                      int& code) {
    const auto account = AccountId::Parse(command.Get("account"));
    if (!account) {
        code = Say(command, "--account: acc_…", kUsage);
        return std::nullopt;
    }
    bool is_there = false;
    parts.desk.ports().database.Transact(command.tenant.id, [&](db::Transaction& tx) {
        is_there = parts.profiles.Of(tx, *account).has_value();
    });
    if (is_there) return account;
    code = Say(command, "There is no such account.", 1);
    return std::nullopt;
}

int Refused(const CommandParts& parts, const CommandContext& command, const Error& error) {
    const auto t = parts.words.Of(command.tenant.id, "payments");
    const std::string why = error.fields.empty() ? t->Text(error.message)
                                                 : error.fields.front().field + ": " +
                                                       t->Text(error.fields.front().message);
    return Say(command, "Refused: " + why, 1);
}

std::optional<Money> AmountIn(const CommandContext& command) {
    const auto currency = command.Has("currency") ? Currency::Parse(command.Get("currency"))
                                                  : std::optional(command.tenant.currency);
    return currency ? ParseMoney(command.Get("amount"), *currency) : std::nullopt;
}

std::string TextOf(const std::optional<Money>& amount) {
    return amount ? fmt::format("{} {}", amount->ToDecimal(), amount->currency().code())
                  : "nothing";
}

std::optional<Payment> PaymentNamed(const CommandParts& parts, const CommandContext& command) {
    const auto id = PaymentId::Parse(command.Get("payment"));
    if (!id) return std::nullopt;
    return PaymentRepository::Find(parts.desk.ports().database, command.tenant.id, *id);
}

void Record(const CommandParts& parts, const CommandContext& command, std::string_view action,
            std::optional<SubjectId> subject, const std::string& detail) {
    parts.desk.ports().database.Transact(command.tenant.id, [&](db::Transaction& tx) {
        parts.audit.Record(tx, {.action = action, .subject = subject, .detail = detail});
    });
}

std::function<int(const CommandContext&)> Bound(const CommandParts& parts,
                                                int (*run)(const CommandParts&,
                                                           const CommandContext&)) {
    return [parts, run](const CommandContext& command) { return run(parts, command); };
}

}  // namespace livery::payments
