#include "step_reader.h"

#include <map>

#include <fmt/format.h>

#include "actions.h"

namespace livery::golden {

using config::Node;
using config::Reader;

namespace {

// What others call it.
std::string OurWordFor(const std::string& word) {
    static const std::map<std::string, std::string> kOurWords{
        {"create_subscription", "subscribe"},
        {"start", "subscribe"},
        {"upgrade", "change_plan"},
        {"downgrade", "change_plan"},
        {"swap", "change_plan"},
        {"update_subscription", "change_plan` or `change_quantity"},
        {"set_quantity", "change_quantity"},
        {"terminate", "cancel"},
        {"cancel_subscription", "cancel"},
        {"uncancel", "withdraw_cancel"},
        {"reactivate", "withdraw_cancel"},
        {"unpause", "resume"},
        {"change_billing_day", "move_billing_day"},
        {"record_usage", "use"},
        {"usage", "use"},
        {"invoice", "charge` (by hand) or `bill` (what is due)"},
        {"create_invoice", "charge` (by hand) or `bill` (what is due)"},
        {"generate_invoice", "bill"},
        {"payment", "pay` (by hand) or `pay_online"},
        {"chargeback", "charge_back"},
        {"dispute", "charge_back"},
        {"webhook", "notify"},
        {"gateway", "provider"},
        {"auto_pay", "pay_automatically"},
        {"promise_to_pay", "promise"},
        {"adjust_item", "adjust"},
        {"credit", "grant_credit` (money), `credit_note` (of an invoice) or `credit_draft"},
        {"add_credit", "grant_credit"},
        {"apply_coupon", "redeem"},
        {"order", "place_order"},
        {"create_order", "place_order"},
        {"transfer_credit", "credit_to_parent"},
        {"move_account", "change_account"},
        {"advance_to", "wait` (the clock moves by the step's `at`)"},
    };
    const auto found = kOurWords.find(word);
    return found == kOurWords.end() ? "" : found->second;
}

void ReportUnknown(const Node::Entry& entry, const Reader& at) {
    std::vector<std::string> known{"preview", "confirm", "many"};
    for (const auto& [name, value] : Actions()) known.push_back(name);
    std::string meant = OurWordFor(entry.key);
    if (meant.empty()) meant = config::Nearest(entry.key, known);
    if (!meant.empty() && !meant.ends_with(')')) meant += '`';
    at.Report(entry.at,
              fmt::format("unknown action `{}`; {}", entry.key,
                          meant.empty() ? fmt::format("the actions are {}", fmt::join(known, ", "))
                                        : "did you mean `" + meant + "?"));
}

bool IsAlone(const std::string& name) {
    const auto action = Actions().find(name);
    return action != Actions().end() && action->second.alone;
}

void CheckAction(const Node::Entry& entry, const Reader& at) {
    if (!at.RequireMap(entry.value)) return;
    if (entry.key == "confirm") return at.CheckKeys(entry.value, Words({}, {"preview"}));
    if (entry.key == "preview" || entry.key == "many") {
        const bool many = entry.key == "many";
        std::size_t inner = 0;
        for (const Node::Entry& part : entry.value.entries) {
            const bool own = many ? part.key == "times" || part.key == "failing" : part.key == "as";
            if (own) continue;
            ++inner;
            if (part.key == "preview" || part.key == "confirm" || part.key == "many") {
                at.Report(part.at, fmt::format("`{}` cannot be inside of another", part.key));
            } else if (IsAlone(part.key)) {
                at.Report(part.at, fmt::format("`{}` cannot be inside of `{}`: money that has "
                                               "moved cannot be taken back",
                                               part.key, entry.key));
            } else {
                CheckAction(part, at.Below(part.key));
            }
        }
        if (inner != 1) at.Report(entry.at, "needs one action inside");
        return;
    }
    const auto action = Actions().find(entry.key);
    if (action != Actions().end()) return at.CheckKeys(entry.value, action->second.words);
    ReportUnknown(entry, at);
}

void ReadEntry(const Node::Entry& entry, const Reader& at, Step& step) {
    if (entry.key == "at" || entry.key == "note") return;
    if (entry.key == "refused") {
        step.refused = entry.value.text;
        if (step.refused.empty()) at.Report(entry.at, "`refused` is one reason; README.md, 5");
    } else if (entry.key == "expect") {
        if (!at.Below("expect").RequireMap(entry.value)) return;
        at.Below("expect").CheckKeys(
            entry.value, Words({}, {"issued", "preview", "documents", "accounts", "subscriptions",
                                    "orders", "numbers", "payments", "provider", "cases", "days"}));
        for (const Node::Entry& part : entry.value.entries) {
            const bool list = part.key == "issued" || part.key == "preview" || part.key == "cases";
            if (!list) at.Below("expect").Below(part.key).RequireMap(part.value);
        }
        step.expect = &entry.value;
    } else if (step.action.empty()) {
        step.action = entry.key;
        step.args = &entry.value;
        CheckAction(entry, at.Below(entry.key));
    } else {
        at.Report(entry.at, fmt::format("a step does one thing: `{}` comes after `{}`; write "
                                        "another step (its keys: at, one action, refused, "
                                        "expect, note)",
                                        entry.key, step.action));
    }
}

}  // namespace

void ReadStep(const Node& node, const Reader& at, std::vector<Step>& steps) {
    if (!at.RequireMap(node)) return;
    at.CheckDuplicates(node);
    Step step{.node = &node};
    for (const Node::Entry& entry : node.entries) ReadEntry(entry, at, step);
    const Node* when = node.Find("at");
    const auto time = when == nullptr ? std::nullopt : ReadTime(when->text);
    if (!time) {
        at.Report(when == nullptr ? node.at : when->at,
                  "`at` is a day (2026-03-31) or a moment (2026-03-31T12:00:00)");
        return;
    }
    step.at = *time;
    if (!steps.empty() && step.at < steps.back().at)
        at.Report(when->at, "the clock does not go back");
    steps.push_back(step);
}

}  // namespace livery::golden
