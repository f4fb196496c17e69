#include <fmt/format.h>

#include <livery/json.h>
#include <livery/money/rounding.h>

#include "app/cases.h"
#include "app/command_answers.h"
#include "app/compare_command.h"
#include "domain/said_by.h"
#include "storage/case_repository.h"
#include "storage/objection_repository.h"

namespace livery::payments {

namespace {

using Json = nlohmann::ordered_json;

std::vector<Case> AllOpen(const CommandParts& parts, const CommandContext& command) {
    constexpr std::size_t kPage = 200;
    std::vector<Case> all;
    for (std::optional<Case> last;;) {
        const auto page =
            CaseRepository::ListOpen(parts.desk.ports().database, command.tenant.id, last, kPage);
        all.insert(all.end(), page.begin(), page.end());
        if (page.size() < kPage) return all;
        last = page.back();
    }
}

void ShowCases(const CommandParts& parts, const CommandContext& command, Json& list) {
    for (const Case& one : AllOpen(parts, command)) {
        list.push_back({{"payment", one.payment.ToString()},
                        {"kind", one.kind},
                        {"opened_at", ToIso(one.opened_at)},
                        {"advice", AdviceOn(one.kind)}});
        const std::string refund = one.refund ? one.refund->ToString() : "";
        if (one.refund) list.back()["refund"] = refund;
        if (!command.json)
            command.print(fmt::format("{}  {:<20}  {}  {}\n    {}", one.payment.ToString(),
                                      one.kind, ToIso(one.opened_at), refund, AdviceOn(one.kind)));
    }
}

void ShowDifferences(const CommandParts& parts, const CommandContext& command, Json& list) {
    for (const OpenDifference& one :
         DifferenceRepository::ListOpen(parts.desk.ports().database, command.tenant.id)) {
        const Difference& difference = one.difference;
        const std::string kind =
            fmt::format("{} ({})", ToString(difference.kind), ToString(difference.about));
        list.push_back(
            {{"difference", one.id.ToString()},
             {"instance", one.instance},
             {"kind", ToString(difference.kind)},
             {"about", ToString(difference.about)},
             {"provider_id", difference.provider_id},
             {"reference", difference.reference},
             {"payment", difference.payment ? Json(difference.payment->ToString()) : Json(nullptr)},
             {"here", TextOf(difference.here)},
             {"there", TextOf(difference.there)},
             {"opened_at", ToIso(one.found_at)},
             {"advice", AdviceOn(difference)}});
        if (!command.json)
            command.print(fmt::format("{}  {:<20}  {}  {} {}: here {}, there {}\n    {}",
                                      one.id.ToString(), kind, ToIso(one.found_at), one.instance,
                                      difference.provider_id, TextOf(difference.here),
                                      TextOf(difference.there), AdviceOn(difference)));
    }
}

void ShowObjections(const CommandParts& parts, const CommandContext& command, Json& list) {
    constexpr const char* kAdvice =
        "The customer says that he does not owe it. Look at it, then decide-objection.";
    for (const Objection& one :
         ObjectionRepository::ListOpen(parts.desk.ports().database, command.tenant.id)) {
        list.push_back({{"objection", one.id.ToString()},
                        {"kind", "objection"},
                        {"account", one.account.ToString()},
                        {"invoice", one.invoice.ToString()},
                        {"amount", TextOf(one.amount)},
                        {"reason", one.reason},
                        {"opened_at", ToIso(one.opened_at)},
                        {"advice", kAdvice}});
        if (!command.json)
            command.print(fmt::format("{}  {:<20}  {}  {} of {}: {}\n    {}", one.id.ToString(),
                                      "objection", ToIso(one.opened_at), TextOf(one.amount),
                                      one.invoice.ToString(), one.reason, kAdvice));
    }
}

int Cases(const CommandParts& parts, const CommandContext& command) {
    auto list = Json::array();
    ShowCases(parts, command, list);
    ShowDifferences(parts, command, list);
    ShowObjections(parts, command, list);
    if (command.json) command.print(list.dump());
    if (!command.json && list.empty()) command.print("Nothing waits for a person.");
    for (const std::string& instance : parts.reconciliation.NotListing(command.tenant)) {
        if (command.json) break;
        command.print(
            fmt::format("{} lists nothing: compare what its provider shows with list-payments by "
                        "hand.",
                        instance));
    }
    return 0;
}

int DecideDifference(const CommandParts& parts, const CommandContext& command) {
    const auto id = DifferenceId::Parse(command.Get("difference"));
    if (!id || command.Has("accept") == command.Has("book-for"))
        return Say(command, "--difference: dif_…; and --accept or --book-for acc_…", kUsage);
    Reconciliation::Decision decision{*id, command.Get("by"), command.Get("reason"), {}};
    if (command.Has("book-for")) {
        decision.book_for = AccountId::Parse(command.Get("book-for"));
        if (!decision.book_for) return Say(command, "--book-for: acc_…", kUsage);
    }
    const auto decided = parts.reconciliation.Decide(command.tenant, decision);
    if (!decided) return Refused(parts, command, decided.error());
    const std::string detail = fmt::format("{}: {}", decision.by, decision.reason);
    if (decision.book_for)
        Record(parts, command, "difference.booked", SubjectOf(*decision.book_for), detail);
    else
        Record(parts, command, "difference.accepted", SubjectId(id->uuid()), detail);
    return Say(command, fmt::format("{} is closed", id->ToString()), 0);
}

int NotePromise(const CommandParts& parts, const CommandContext& command) {
    const auto account = AccountId::Parse(command.Get("account"));
    const auto day = ParseDate(command.Get("pays-by"));
    if (!account || !day)
        return Say(command, "--account: acc_…; --pays-by: such as 2026-03-31", kUsage);
    if (const auto named = CheckBy(command.Get("by")); !named)
        return Refused(parts, command, named.error());
    const std::string by = "staff: " + command.Get("by");
    const auto promised = parts.dunning.Promise(command.tenant, *account, *day, by);
    if (!promised) return Refused(parts, command, promised.error());
    Record(parts, command, "payment.promised", SubjectOf(*account), by);
    return Say(command, "Nothing happens to it until that day is over.", 0);
}

int Object(const CommandParts& parts, const CommandContext& command) {
    const auto account = AccountId::Parse(command.Get("account"));
    const auto invoice = InvoiceId::Parse(command.Get("invoice"));
    const auto amount = AmountIn(command);
    if (!account || !invoice || !amount)
        return Say(command, "--account: acc_…; --invoice: inv_…; --amount: such as 12.50", kUsage);
    const auto opened =
        parts.objections.Open(command.tenant, {*account, *invoice, *amount, command.Get("reason")});
    if (!opened) return Refused(parts, command, opened.error());
    Record(parts, command, "objection.opened", SubjectOf(*account), command.Get("reason"));
    return Say(command, opened->id.ToString(), 0);
}

int DecideObjection(const CommandParts& parts, const CommandContext& command) {
    const auto id = ObjectionId::Parse(command.Get("objection"));
    if (!id || command.Has("right") == command.Has("wrong"))
        return Say(command, "--objection: obj_…; and --right or --wrong", kUsage);
    if (const auto named = CheckBy(command.Get("by")); !named)
        return Refused(parts, command, named.error());
    const auto decided =
        parts.objections.Decide(command.tenant, *id, command.Has("right"), command.Get("reason"));
    if (!decided) return Refused(parts, command, decided.error());
    Record(parts, command, "objection.decided", SubjectOf(decided->account),
           fmt::format("{}: {}", command.Get("by"), command.Get("reason")));
    return Say(command, fmt::format("{} is closed", id->ToString()), 0);
}

}  // namespace

std::vector<Command> StaffCommands(const CommandParts& parts) {
    const CommandOption reason{"reason", "Why, for the audit log", false, true};
    const CommandOption by{"by", "Who says so, by name", false, true};
    const CommandOption account{"account", "acc_…", false, true};
    return {
        {"payment-cases",
         "List what waits for a person, and what to do",
         "livery payment-cases --tenant harbor",
         {},
         Bound(parts, Cases)},
        CompareCommand(parts),
        {"decide-difference",
         "Say what a difference to a provider's list comes to",
         "livery decide-difference --tenant harbor --difference dif_… --accept --by \"J. Roe\" "
         "--reason \"Given back there\"",
         {{"difference", "dif_…", false, true},
          by,
          reason,
          {"accept", "Nothing is to be booked", true},
          {"book-for", "acc_…: the money is this account's", false, false}},
         Bound(parts, DecideDifference)},
        {"promise-payment",
         "Note until when an account pays",
         "livery promise-payment --tenant harbor --account acc_… --pays-by 2026-03-31 --by \"J. "
         "Roe\"",
         {account, {"pays-by", "A day: 2026-03-31", false, true}, by},
         Bound(parts, NotePromise)},
        {"object-invoice",
         "Note what of an invoice its customer says he does not owe",
         "livery object-invoice --tenant harbor --account acc_… --invoice inv_… --amount 30.00 "
         "--reason \"Never delivered\"",
         {account,
          {"invoice", "inv_…", false, true},
          {"amount", "How much", false, true},
          {"currency", "The tenant's without", false, false},
          reason},
         Bound(parts, Object)},
        {"decide-objection",
         "Say whether a customer who objects is right: then a credit note is written",
         "livery decide-objection --tenant harbor --objection obj_… --right --by \"J. Roe\" "
         "--reason \"Seen\"",
         {{"objection", "obj_…", false, true},
          by,
          reason,
          {"right", "He does not owe it", true},
          {"wrong", "He does", true}},
         Bound(parts, DecideObjection)}};
}

}  // namespace livery::payments
