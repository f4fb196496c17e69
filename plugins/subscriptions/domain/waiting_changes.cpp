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

}  // namespace

void DropChoices(Agreement& agreement, CivilTime from) {
    auto& choices = agreement.choices;
    choices.erase(std::remove_if(std::next(choices.begin()), choices.end(),
                                 [&](const Choice& choice) { return choice.from >= from; }),
                  choices.end());
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
    DropChoices(agreement, std::min(change.from, now + std::chrono::seconds(1)));
    // Nor does a period come that was to begin with the price of a plan that is left before.
    std::erase_if(agreement.anchors, [&](const Anchor& anchor) {
        return anchor.with_change && change.from <= now && change.from < anchor.from;
    });
    const auto add = [&](Choice choice, CivilTime from, const Decimal& units) {
        choice.from = from;
        choice.quantity = units;
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
