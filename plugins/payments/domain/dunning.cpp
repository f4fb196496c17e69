#include "domain/dunning.h"

#include <algorithm>

namespace livery::payments {

namespace {

bool IsWorthIt(const std::map<Currency, Money>& least, const Money& overdue) {
    const auto found = least.find(overdue.currency());
    return overdue.minor_units() > 0 &&
           (found == least.end() || overdue.minor_units() >= found->second.minor_units());
}

}  // namespace

std::vector<Overdue> OverdueOf(const std::vector<OwedInvoice>& owed, Date due_by) {
    std::vector<Overdue> all;
    for (const OwedInvoice& invoice : owed) {
        if (invoice.due_on > due_by) continue;
        const auto same = std::find_if(all.begin(), all.end(), [&](const Overdue& one) {
            return one.amount.currency() == invoice.balance.currency();
        });
        if (same == all.end()) {
            all.push_back({invoice.due_on, invoice.balance});
        } else {
            same->oldest_due = std::min(same->oldest_due, invoice.due_on);
            same->amount = same->amount + invoice.balance;
        }
    }
    return all;
}

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

const DunningStep* StepOfAll(const std::vector<DunningStep>& steps,
                             const std::vector<Overdue>& overdue,
                             const std::map<Currency, Money>& least, Date today) {
    const DunningStep* furthest = nullptr;
    for (const Overdue& one : overdue) {
        const auto found = least.find(one.amount.currency());
        const auto threshold = found == least.end() ? std::nullopt : std::optional(found->second);
        const DunningStep* step = StepAt(steps, one, threshold, today);
        if (step != nullptr && (furthest == nullptr || step->at_days > furthest->at_days))
            furthest = step;
    }
    return furthest;
}

bool IsFurther(const DunningStep* step, const DunningStep* than) {
    return step != nullptr && (than == nullptr || step->at_days > than->at_days);
}

const DunningStep* NextStep(const DunningStep* before, const DunningStep* of_open,
                            const DunningStep* of_owed) {
    if (IsFurther(of_open, before)) return of_open;
    return IsFurther(before, of_owed) ? of_owed : before;
}

bool Does(const std::vector<DunningStep>& steps, const DunningStep* step, std::string_view action) {
    return step != nullptr && std::any_of(steps.begin(), steps.end(), [&](const DunningStep& one) {
               return one.at_days <= step->at_days && one.action == action;
           });
}

const DunningStep* StepNamed(const std::vector<DunningStep>& steps, std::string_view name) {
    const auto found = std::find_if(steps.begin(), steps.end(),
                                    [&](const DunningStep& step) { return step.name == name; });
    return found == steps.end() ? nullptr : &*found;
}

bool IsFinished(const ReminderPlan& plan, const std::map<Currency, RemindedOf>& reminded,
                const std::vector<Overdue>& overdue) {
    return std::all_of(overdue.begin(), overdue.end(), [&](const Overdue& one) {
        const auto found = reminded.find(one.amount.currency());
        const int letters = found == reminded.end() ? 0 : found->second.letters;
        return letters >= plan.most || !IsWorthIt(plan.least, one.amount);
    });
}

bool RemindsOn(const ReminderPlan& plan, const RemindedOf& reminded, const Money& overdue,
               Date today) {
    if (reminded.letters >= plan.most || !IsWorthIt(plan.least, overdue)) return false;
    return !reminded.last || (today - *reminded.last).count() > plan.days_between;
}

}  // namespace livery::payments
