#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "app/payment_commands.h"

namespace livery::payments {

// How the commands of this plugin answer, and leave their trace.
constexpr int kUsage = 64;

// Prints the text and returns the code; with --json a document: {"message": …}, or {"error": …}
// when the code is not 0.
int Say(const CommandContext& command, const std::string& text, int code);
// Says which field is wrong and why, in the words of the tenant's first language.
int Refused(const CommandParts& parts, const CommandContext& command, const Error& error);
// The one of `--account`; nullopt: it is no id, or there is none of the tenant's. That is said
// then, and `code` is what the command ends with.
std::optional<AccountId> AccountNamed(const CommandParts& parts, const CommandContext& command,
                                      int& code);
// The one of `--payment`; nullopt: it is no id, or there is none of the tenant's.
std::optional<Payment> PaymentNamed(const CommandParts& parts, const CommandContext& command);
// The one of `--amount`, in `--currency` or without it the tenant's; nullopt: it is none.
std::optional<Money> AmountIn(const CommandContext& command);
// "12.50 EUR"; "nothing" without an amount.
std::string TextOf(const std::optional<Money>& amount);
// One line of the audit log, in a transaction of its own. No subject: nobody's data.
void Record(const CommandParts& parts, const CommandContext& command, std::string_view action,
            std::optional<SubjectId> subject, const std::string& detail);
std::function<int(const CommandContext&)> Bound(const CommandParts& parts,
                                                int (*run)(const CommandParts&,
                                                           const CommandContext&));

}  // namespace livery::payments
