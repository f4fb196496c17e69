#include "app/compare_command.h"

#include <fmt/format.h>

#include <livery/json.h>

#include "app/command_answers.h"

namespace livery::payments {

namespace {

using Json = nlohmann::ordered_json;

// What to do about a span that cannot be compared.
std::string AdviceOn(const CommandParts& parts, const CommandContext& command,
                     const FieldError& wrong) {
    const std::string last = ToIso(parts.reconciliation.LastDay());
    if (wrong.message == "error.day_not_over")
        return fmt::format("--{}: that day is not over; the last that is, by UTC, is {}",
                           wrong.field, last);
    if (wrong.message == "error.before_from") return "--to: a day from --from on";
    if (wrong.message == "error.too_many_days")
        return fmt::format("At most {} days at a time: give --to, or a later --from",
                           kMostDaysCompared);
    const auto listing = parts.reconciliation.Listing(command.tenant);
    if (listing.empty())
        return "No gateway of this tenant can list what it took: compare what its provider shows "
               "with list-payments by hand";
    return fmt::format("--instance: {} cannot list; {} can", command.Get("instance"),
                       fmt::join(listing, ", "));
}

Json ToJson(const Reconciliation::Compared& one) {
    const Reconciliation::Report& report = one.report;
    return {{"day", ToIso(one.day.day)},  {"instance", one.day.instance},
            {"read", report.failed == 0}, {"listed", report.listed},
            {"matched", report.matched},  {"differences", report.differences},
            {"fault", report.fault}};
}

std::string ToText(const Reconciliation::Compared& one) {
    const Reconciliation::Report& report = one.report;
    if (report.failed > 0)
        return fmt::format("{}  {}  not read: {}. The next daily run reads it again.",
                           ToIso(one.day.day), one.day.instance, report.fault);
    return fmt::format("{}  {}  {} listed, {} matched, {} new differences", ToIso(one.day.day),
                       one.day.instance, report.listed, report.matched, report.differences);
}

int Print(const CommandContext& command, const std::vector<Reconciliation::Compared>& compared) {
    auto list = Json::array();
    int failed = 0;
    int differences = 0;
    for (const Reconciliation::Compared& one : compared) {
        failed += one.report.failed;
        differences += one.report.differences;
        list.push_back(ToJson(one));
        if (!command.json) command.print(ToText(one));
    }
    if (command.json) command.print(list.dump());
    if (!command.json && differences > 0) command.print("payment-cases says what to do with them.");
    return failed > 0 ? 1 : 0;
}

int CompareLists(const CommandParts& parts, const CommandContext& command) {
    const auto from = ParseDate(command.Get("from"));
    if (!from) return Say(command, "--from: a day, such as 2026-03-31", kUsage);
    Reconciliation::Span span{*from, {}, command.Get("instance")};
    if (command.Has("to")) {
        span.to = ParseDate(command.Get("to"));
        if (!span.to) return Say(command, "--to: a day, such as 2026-03-31", kUsage);
    }
    const auto compared = parts.reconciliation.CompareAgain(command.tenant, span);
    if (!compared)
        return Say(command, AdviceOn(parts, command, compared.error().fields.front()),
                   parts.reconciliation.Listing(command.tenant).empty() ? 1 : kUsage);
    const auto& last = compared->back().day;
    Record(parts, command, "lists.compared", {},
           fmt::format("{} to {}, {}", ToIso(*from), ToIso(last.day),
                       span.instance.empty() ? "every list" : span.instance));
    return Print(command, *compared);
}

}  // namespace

Command CompareCommand(const CommandParts& parts) {
    return {"compare-payments",
            "Compare days of the providers' lists with the books again",
            "livery compare-payments --tenant harbor --from 2026-03-28",
            {{"from", "The first day, by UTC: 2026-03-28", false, true},
             {"to", "The last one; the day before this one without", false, false},
             {"instance", "Of this gateway of the tenant's only", false, false}},
            Bound(parts, CompareLists)};
}

}  // namespace livery::payments
