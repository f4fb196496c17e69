#include <fmt/format.h>

#include <livery/json.h>

#include "app/command_answers.h"

namespace livery::payments {

namespace {

using Json = nlohmann::ordered_json;

// "2039-12": its last month; empty: it has none.
std::string ExpiryOf(const PaymentMethod& method) {
    if (method.expiry_month == 0) return "";
    return fmt::format("{:04}-{:02}", method.expiry_year, method.expiry_month);
}

std::string WayOn(const Tenant& tenant, const PaymentMethod& method) {
    return LinkTo(method.action_url, method.action_fields,
                  fmt::format("{}/payment-methods/{}/go", tenant.origin, method.id.ToString()));
}

int ListMethods(const CommandParts& parts, const CommandContext& command) {
    int code = 0;
    const auto account = AccountNamed(parts, command, code);
    if (!account) return code;
    auto list = Json::array();
    const Date today = DayOf(parts.desk.ports().time.CivilNow(command.tenant));
    for (const PaymentMethod& method : parts.methods.Of(command.tenant, *account)) {
        if (method.state == MethodState::kRemoved) continue;
        list.push_back({{"method", method.id.ToString()},
                        {"state", StandsAs(method, today)},
                        {"kind", method.kind},
                        {"brand", method.brand},
                        {"last4", method.last4},
                        {"expires", ExpiryOf(method)},
                        {"is_default", method.is_default},
                        {"action_url", method.action_url},
                        {"action_fields", method.action_fields}});
        if (!command.json)
            command.print(fmt::format("{}  {:<12}  {} {}  {}{}", method.id.ToString(),
                                      StandsAs(method, today), method.brand, method.last4,
                                      ExpiryOf(method),
                                      method.is_default ? "  charged first" : ""));
    }
    if (command.json) command.print(list.dump());
    if (!command.json && list.empty()) command.print("There are none.");
    return 0;
}

int AddMethod(const CommandParts& parts, const CommandContext& command) {
    int code = 0;
    const auto account = AccountNamed(parts, command, code);
    if (!account) return code;
    const auto begun = parts.methods.SetUp(
        command.tenant,
        {*account, PaymentSettings::Of(command.tenant).instance, "", command.Get("email")});
    if (!begun) return Refused(parts, command, begun.error());
    if (begun->state == MethodState::kFailed)
        return Say(command, "The provider did not begin to set it up.", 1);
    Record(parts, command, "payment_method.begun", SubjectOf(*account), begun->id.ToString());
    if (!command.json)
        return Say(command,
                   fmt::format("{}  {}", begun->id.ToString(), WayOn(command.tenant, *begun)), 0);
    Json made{{"method", begun->id.ToString()},
              {"state", ToString(begun->state)},
              {"action_url", begun->action_url}};
    if (!begun->action_fields.empty()) made["action_fields"] = begun->action_fields;
    command.print(made.dump());
    return 0;
}

// What is done to a method of an account; both are named.
template <class Work>
int WithMethod(const CommandParts& parts, const CommandContext& command, std::string_view action,
               const char* done, Work work) {
    const auto id = MethodId::Parse(command.Get("method"));
    if (!id) return Say(command, "--method: pm_…", kUsage);
    int code = 0;
    const auto account = AccountNamed(parts, command, code);
    if (!account) return code;
    const Result<void> result = work(*account, *id);
    if (!result) return Refused(parts, command, result.error());
    Record(parts, command, action, SubjectOf(*account), id->ToString());
    return Say(command, fmt::format("{} {}", id->ToString(), done), 0);
}

int SetDefault(const CommandParts& parts, const CommandContext& command) {
    return WithMethod(parts, command, "payment_method.chosen", "is charged first",
                      [&](AccountId account, MethodId id) {
                          return parts.methods.SetDefault(command.tenant, account, id);
                      });
}

int RemoveMethod(const CommandParts& parts, const CommandContext& command) {
    return WithMethod(parts, command, "payment_method.removed", "is removed",
                      [&](AccountId account, MethodId id) {
                          return parts.methods.Remove(command.tenant, account, id);
                      });
}

int SetAutomatic(const CommandParts& parts, const CommandContext& command) {
    if (command.Has("on") == command.Has("off")) return Say(command, "--on or --off", kUsage);
    int code = 0;
    const auto account = AccountNamed(parts, command, code);
    if (!account) return code;
    const bool on = command.Has("on");
    const auto set = parts.collection.SetAutomatic(command.tenant, *account, on);
    if (!set) return Refused(parts, command, set.error());
    Record(parts, command, on ? "automatic_payment.on" : "automatic_payment.off",
           SubjectOf(*account), "");
    return Say(command,
               on ? "What falls due is taken by itself." : "Nothing is taken by itself any more.",
               0);
}

int ShowStanding(const CommandParts& parts, const CommandContext& command) {
    int code = 0;
    const auto account = AccountNamed(parts, command, code);
    if (!account) return code;
    const Standing standing = parts.collection.Of(command.tenant, *account);
    const bool holds =
        Holds(standing.promise, DayOf(parts.desk.ports().time.CivilNow(command.tenant)));
    const std::string pays_by = holds ? ToIso(standing.promise->pays_by) : "";
    const auto next = standing.NextTry();
    const std::string next_try = next ? ToIso(*next) : "";
    const std::string_view state = WordOf(standing);
    if (command.json) {
        command.print(Json{
            {"state", state},
            {"step", standing.step},
            {"pays_by", pays_by},
            {"pays_automatically", standing.pays_automatically},
            {"tries", standing.MostTries()},
            {"next_try",
             next_try}}.dump());
        return 0;
    }
    command.print(
        fmt::format("{}{}{}", state, standing.step.empty() ? "" : " since step ", standing.step));
    if (holds) command.print("It has promised to pay by " + pays_by);
    command.print(standing.pays_automatically ? "What falls due is taken by itself"
                                              : "It pays each invoice itself");
    if (standing.MostTries() > 0)
        command.print(fmt::format("{} tries came to nothing; the next one: {}",
                                  standing.MostTries(), next_try.empty() ? "none" : next_try));
    return 0;
}

}  // namespace

std::vector<Command> MethodCommands(const CommandParts& parts) {
    const CommandOption account{"account", "acc_…", false, true};
    const CommandOption method{"method", "pm_…", false, true};
    return {{"list-payment-methods",
             "List what an account can be charged on",
             "livery list-payment-methods --tenant harbor --account acc_…",
             {account},
             Bound(parts, ListMethods)},
            {"add-payment-method",
             "Begin to add one; prints the page on which its owner goes on",
             "livery add-payment-method --tenant harbor --account acc_…",
             {account, {"email", "Of its owner", false, false}},
             Bound(parts, AddMethod)},
            {"default-payment-method",
             "Charge this one first",
             "livery default-payment-method --tenant harbor --account acc_… --method pm_…",
             {account, method},
             Bound(parts, SetDefault)},
            {"remove-payment-method",
             "Remove one",
             "livery remove-payment-method --tenant harbor --account acc_… --method pm_…",
             {account, method},
             Bound(parts, RemoveMethod)},
            {"payment-standing",
             "Show how an account stands with what it owes",
             "livery payment-standing --tenant harbor --account acc_…",
             {account},
             Bound(parts, ShowStanding)},
            {"automatic-payment",
             "Switch automatic payment of an account on or off",
             "livery automatic-payment --tenant harbor --account acc_… --on",
             {account,
              {"on", "What is due is taken at once", true},
              {"off", "Nothing is taken by itself any more", true}},
             Bound(parts, SetAutomatic)}};
}

}  // namespace livery::payments
