#include "domain/waiting_changes.h"

#include <algorithm>

namespace livery::subscriptions {

namespace {

struct WaitingQuantity {
    CivilTime from;
    Decimal quantity;
};

std::vector<WaitingQuantity> WaitingQuantities(const std::vector<Choice>& choices, CivilTime now) {
    std::vector<WaitingQuantity> waiting;
    for (std::size_t i = 1; i < choices.size(); ++i) {
        if (choices[i].from > now && choices[i].quantity != choices[i - 1].quantity)
            waiting.push_back({choices[i].from, choices[i].quantity});
    }
    return waiting;
}

void EraseChoices(std::vector<Choice>& choices, CivilTime from) {
    choices.erase(std::remove_if(std::next(choices.begin()), choices.end(),
                                 [&](const Choice& choice) { return choice.from >= from; }),
                  choices.end());
}

}  // namespace

void DropChoices(Agreement& agreement, CivilTime from) {
    EraseChoices(agreement.choices, from);
    std::erase_if(agreement.anchors, [&](const Anchor& anchor) {
        return anchor.with_change && *anchor.with_change >= from;
    });
}

void PutPlanChange(Agreement& agreement, Choice change, std::optional<Decimal> quantity,
                   CivilTime now) {
    auto& choices = agreement.choices;
    const auto waiting = WaitingQuantities(choices, now);
    for (const Choice& choice : choices) {
        if (choice.from <= now) change.quantity = choice.quantity;
    }
    // Of a change in this very second the plan goes, but the periods that it began have begun.
    const CivilTime after = now + std::chrono::seconds(1);
    EraseChoices(choices, std::min(change.from, after));
    std::erase_if(agreement.anchors, [&](const Anchor& anchor) {
        return anchor.with_change && (*anchor.with_change > now ||
                                      (*anchor.with_change == change.from && anchor.from > now));
    });
    const auto add = [&](Choice choice, CivilTime from, const Decimal& units) {
        choice.from = from;
        SetUnits(choice, units);
        choices.push_back(std::move(choice));
    };
    const Choice current = choices.back();
    for (const WaitingQuantity& each : waiting) {
        if (each.from < change.from) add(current, each.from, each.quantity);
        if (each.from <= change.from) change.quantity = each.quantity;
    }
    if (quantity) change.quantity = *quantity;
    choices.push_back(change);
    if (quantity) return;
    for (const WaitingQuantity& each : waiting) {
        if (each.from > change.from) add(change, each.from, each.quantity);
    }
}

}  // namespace livery::subscriptions
