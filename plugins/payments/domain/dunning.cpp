#include "domain/dunning.h"

namespace livery::payments {

bool Holds(const std::optional<Promise>& promise, Date today) {
    return promise && promise->made_on <= today && today <= promise->pays_by;
}

const DunningStep* StepAt(const std::vector<DunningStep>& steps,
                          const std::optional<Overdue>& overdue, const std::optional<Money>& least,
                          Date today) {
    if (!overdue || overdue->amount.minor_units() <= 0) return nullptr;
    if (least && least->currency() == overdue->amount.currency() &&
        overdue->amount.minor_units() < least->minor_units())
        return nullptr;
    const auto age = (today - overdue->oldest_due).count();
    const DunningStep* furthest = nullptr;
    for (const DunningStep& step : steps) {
        if (age >= step.at_days && (furthest == nullptr || step.at_days >= furthest->at_days))
            furthest = &step;
    }
    return furthest;
}

bool RemindsOn(const ReminderPlan& plan, const RemindedOf& reminded, const Money& overdue,
               Date today) {
    if (overdue.minor_units() <= 0 || reminded.letters >= plan.most) return false;
    const auto least = plan.least.find(overdue.currency());
    if (least != plan.least.end() && overdue.minor_units() < least->second.minor_units())
        return false;
    return !reminded.last || (today - *reminded.last).count() > plan.days_between;
}

}  // namespace livery::payments
