#include "domain/agreement_changes.h"

#include <algorithm>

#include "domain/bundle.h"
#include "domain/kept_price.h"
#include "domain/period_changes.h"
#include "domain/waiting_changes.h"

namespace livery::subscriptions {

using billing::BillingAlignment;
using billing::Catalog;
using billing::ChangeRule;
using billing::Plan;
using billing::Policies;

namespace {

constexpr std::chrono::days kDay{1};
constexpr std::chrono::days kFurthest{731};  // two years, as far as a purchase may wait
const Decimal kMostUnits{100'000};

Result<void> CheckQuantity(const Decimal& quantity) {
    if (quantity <= Decimal(0) || quantity > kMostUnits)
        return InvalidField("quantity", "error.quantity");
    return {};
}

Error Refused(std::string reason) { return Conflict("error." + std::move(reason)); }

// Nothing can be changed before it began, when it is over, or while it is paused.
Result<void> CheckRunning(const Agreement& agreement, const Catalog& catalog, CivilTime now) {
    switch (AgreementView(agreement, catalog).StateAt(now)) {
        case AgreementState::kPending:
            return Refused("date_before_start");
        case AgreementState::kCancelled:
        case AgreementState::kExpired:
            return Refused("subscription_over");
        case AgreementState::kPaused:
            return Refused("subscription_paused");
        default:
            return {};
    }
}

// Where the end of something falls that ends at `at`: the day itself is charged, or not.
CivilTime EndOf(const AgreementView& view, const Catalog& catalog, CivilTime at) {
    const CivilTime end = view.Grain(at);
    const bool seconds = catalog.policies.proration == Policies::Proration::kToTheSecond;
    const bool billed = catalog.policies.last_day == Policies::LastDay::kBilled;
    return billed && !seconds ? end + kDay : end;
}

Anchor AnchorOf(const Catalog& catalog, const Plan& plan, const Beginning& beginning,
                CivilTime first_charge) {
    Anchor anchor{beginning.at, first_charge, 0};
    const BillingAlignment alignment = plan.AlignmentOn(DayOf(beginning.at));
    if (beginning.anchor) {
        anchor.origin = *beginning.anchor;
    } else if (alignment == BillingAlignment::kCalendar) {
        const std::chrono::year_month_day start(DayOf(first_charge));
        anchor.origin = std::chrono::sys_days(start.year() / std::chrono::January / 1);
    } else if (alignment == BillingAlignment::kBundle && beginning.base != nullptr) {
        const AgreementView base(*beginning.base, catalog);
        anchor.origin = base.AnchorAt(base.Grain(beginning.at)).origin;
        anchor.day = base.AnchorAt(base.Grain(beginning.at)).day;
    } else if (alignment == BillingAlignment::kAccount) {
        anchor.day = beginning.billing_day;
    }
    return anchor;
}

Result<void> CheckBase(const Catalog& catalog, const Plan& plan, const Beginning& beginning) {
    const billing::Product& product = catalog.ProductOf(plan);
    if (!product.IsAddon()) {
        if (beginning.base != nullptr) return InvalidField("plan", "error.no_addon");
        return {};
    }
    if (beginning.base == nullptr) return InvalidField("base", "error.base_needed");
    const Agreement& base = *beginning.base;
    if (base.account != beginning.account) return NotFound("error.not_found");
    const AgreementView view(base, catalog);
    const AgreementState state = view.StateAt(beginning.at);
    if (state != AgreementState::kActive && state != AgreementState::kTrial &&
        state != AgreementState::kCancelling) {
        return Refused("base_not_active");
    }
    const Plan& of_base = PlanOf(catalog, view.ChoiceAt(beginning.at).plan);
    if (!Fits(product, of_base, DayOf(beginning.at)))
        return InvalidField("plan", "error.addon_does_not_fit");
    return {};
}

bool IsSold(const Plan& plan, const Beginning& beginning) {
    const Date day = DayOf(beginning.at);
    const auto& phases = plan.VersionOn(day).phases;
    return std::any_of(phases.begin(), phases.end(), [&](const billing::Phase& phase) {
        return phase.recurring.contains(beginning.currency) ||
               phase.one_time.contains(beginning.currency) ||
               std::any_of(phase.usage.begin(), phase.usage.end(), [&](const auto& usage) {
                   return usage.unit_price.contains(beginning.currency);
               });
    });
}

// Whether there is a day of the month that is its own.
Result<void> CheckBillingDay(const Agreement& agreement, const Catalog& catalog, CivilTime now) {
    const AgreementView view(agreement, catalog);
    if (view.IsOver(now)) return Refused("subscription_over");
    const Choice& choice = view.ChoiceAt(now);
    if (HasBasesPeriods(agreement, choice, catalog)) return Refused("billing_day_of_base");
    const Plan& plan = PlanOf(catalog, choice.plan);
    if (!view.BillingDay() || plan.AlignmentOn(choice.catalog_day) == BillingAlignment::kCalendar)
        return Refused("billing_day_fixed");
    return {};
}

// Whether an add-on on that plan is one of what its base is then.
Result<void> CheckFits(const Agreement& addon, const Catalog& catalog, const Plan& plan,
                       CivilTime time) {
    if (!addon.from_base) return {};
    const std::vector<Choice>& choices = addon.from_base->base->choices;
    const Choice* base = &choices.front();
    for (const Choice& choice : choices) {
        if (choice.from <= time) base = &choice;
    }
    if (!Fits(catalog.ProductOf(plan), PlanOf(catalog, base->plan), DayOf(time)))
        return InvalidField("plan", "error.addon_does_not_fit");
    return {};
}

}  // namespace

Result<Agreement> Begin(const Catalog& catalog, const Beginning& beginning) {
    const Plan* plan = catalog.FindPlan(beginning.plan);
    if (plan == nullptr) return InvalidField("plan", "error.no_such_plan");
    LIVERY_TRY(CheckQuantity(beginning.quantity));
    if (!plan->IsFor(beginning.account_class))
        return InvalidField("plan", "error.not_for_this_account");
    if (!IsSold(*plan, beginning)) return InvalidField("plan", "error.not_in_this_currency");
    LIVERY_TRY(CheckBase(catalog, *plan, beginning));
    const Date day = DayOf(beginning.at);
    const bool with_bundle = plan->phase_alignment == billing::PhaseAlignment::kStartOfBundle &&
                             beginning.base != nullptr;
    const CivilTime phases_from = with_bundle ? beginning.base->started_at : beginning.at;
    const CivilTime first_charge = std::max(beginning.at, FirstChargeOf(*plan, day, phases_from));
    Agreement agreement{beginning.id,
                        beginning.account,
                        std::nullopt,
                        beginning.currency,
                        beginning.site,
                        beginning.at,
                        {},
                        {},
                        {},
                        std::nullopt,
                        ""};
    agreement.choices.push_back({beginning.at, plan->id, day, beginning.quantity, phases_from});
    Anchor anchor = AnchorOf(catalog, *plan, beginning, first_charge);
    if (catalog.policies.proration != Policies::Proration::kToTheSecond) {
        anchor.origin = DayOf(anchor.origin);
        anchor.from = DayOf(anchor.from);
    }
    agreement.anchors.push_back(anchor);
    if (beginning.base == nullptr) return agreement;
    agreement.base = beginning.base->id;
    return FollowBase(std::move(agreement), *beginning.base, catalog);
}

namespace {

// What is agreed for a moment begins with it, or with the next day.
CivilTime BeginOf(const AgreementView& view, const Catalog& catalog, CivilTime agreed) {
    const bool next_day = catalog.policies.day_of_change == Policies::DayOfChange::kOld;
    return next_day ? view.Grain(agreed) + kDay : agreed;
}

// When a change of plan takes effect that was asked for now.
CivilTime EffectOf(const AgreementView& view, const Catalog& catalog, const PlanChange& change,
                   ChangeRule::Timing timing) {
    if (!change.on && timing == ChangeRule::Timing::kEndOfTerm) return view.TermEnd(change.now);
    return BeginOf(view, catalog, std::max(change.now, change.on.value_or(change.now)));
}

}  // namespace

Result<Agreement> ChangePlan(Agreement agreement, const Catalog& catalog,
                             const PlanChange& change) {
    LIVERY_TRY(CheckRunning(agreement, catalog, change.now));
    const Plan* to = catalog.FindPlan(change.plan);
    if (to == nullptr) return InvalidField("plan", "error.no_such_plan");
    if (!to->IsFor(change.account_class)) return InvalidField("plan", "error.not_for_this_account");
    const Agreement before = agreement;
    const AgreementView view(before, catalog);
    const Choice current = view.ChoiceAt(change.now);
    const Date today = DayOf(change.now);
    const ChangeRule rule =
        catalog.RuleFor(PlanOf(catalog, current.plan), *to, agreement.currency, today);
    if (rule.timing == ChangeRule::Timing::kIllegal)
        return InvalidField("plan", "error.change_not_allowed");
    if (change.quantity) LIVERY_TRY(CheckQuantity(*change.quantity));
    if (change.on && *change.on < view.Grain(change.now))
        return InvalidField("on", "error.date_past");
    if (change.on && *change.on > view.Grain(change.now) + kFurthest)
        return InvalidField("on", "error.date_too_far");
    const ChangeRule::Timing timing = change.timing.value_or(rule.timing);
    const CivilTime from = EffectOf(view, catalog, change, timing);
    const CivilTime phases_from =
        rule.phases == ChangeRule::Phases::kRestart ? from : current.phases_from;
    const CivilTime start = view.Grain(from);
    const CivilTime first_charge =
        view.Grain(std::max(from, FirstChargeOf(*to, today, phases_from)));
    const CivilTime charged_from = view.GridAt(change.now).anchor();
    const bool had_bases_periods = HasBasesPeriods(agreement, current, catalog);
    PutPlanChange(agreement, {from, to->id, today, {}, phases_from}, change.quantity, change.now);
    // What it replaces has gone, with the periods that came with it.
    agreement = Settle(std::move(agreement), catalog);
    const AgreementView changed(agreement, catalog);
    if (const auto stop = changed.StopsAt(); stop && *stop <= from)
        return Refused("subscription_ending");
    LIVERY_TRY(CheckFits(agreement, catalog, *to, from));
    const bool has_bases_periods = HasBasesPeriods(agreement, agreement.choices.back(), catalog);
    // Who comes to its base's periods leaves the one that could stay as it is.
    const bool joins_base = has_bases_periods && !had_bases_periods;
    const bool waits = from > change.now;
    const bool stays = !change.prorated.value_or(rule.prorated) && !joins_base &&
                       KeepPrice(agreement, catalog,
                                 {from, waits ? Until(agreement, from) : before, waits,
                                  waits ? UnitsThatBegin(before, from) : std::nullopt});
    if (!stays && !has_bases_periods) {
        const Anchor agreed = changed.LastAnchor();
        ChangePeriods(agreement, {from, start, rule.anchor, agreed, charged_from, first_charge});
    }
    return Settle(std::move(agreement), catalog);
}

CivilTime EffectOf(const AgreementView& view, const Catalog& catalog,
                   const QuantityChange& change) {
    return change.at_end_of_term ? view.TermEnd(change.now) : BeginOf(view, catalog, change.now);
}

Result<Agreement> ChangeQuantity(Agreement agreement, const Catalog& catalog,
                                 const QuantityChange& change) {
    LIVERY_TRY(CheckRunning(agreement, catalog, change.now));
    LIVERY_TRY(CheckQuantity(change.quantity));
    const AgreementView view(agreement, catalog);
    const CivilTime from = EffectOf(view, catalog, change);
    // Also of a fixed term that is the last: it would never come.
    if (const auto end = view.EndsAt(); change.at_end_of_term && end && *end <= from)
        return Refused("subscription_ending");
    Choice choice = view.ChoiceAt(from);
    if (choice.quantity == change.quantity) return Refused("nothing_changes");
    choice.from = from;
    SetUnits(choice, change.quantity);
    // A change of plan that waits still comes, in the new quantity.
    auto& choices = agreement.choices;
    choices.erase(std::remove_if(std::next(choices.begin()), choices.end(),
                                 [&](const Choice& c) { return c.from == from; }),
                  choices.end());
    for (Choice& later : choices) {
        if (later.from > from) SetUnits(later, change.quantity);
    }
    const auto place = std::find_if(choices.begin(), choices.end(),
                                    [&](const Choice& later) { return later.from > from; });
    choices.insert(place, std::move(choice));
    return Settle(std::move(agreement), catalog);
}

Result<Agreement> WithdrawChange(Agreement agreement, const Catalog& catalog, CivilTime now) {
    const AgreementView view(agreement, catalog);
    // The first choice is what was agreed, even when it begins later.
    const auto first = agreement.choices.begin();
    const auto pending = std::find_if(
        std::next(first), agreement.choices.end(),
        [&](const Choice& choice) { return choice.from > now && view.IsReached(choice); });
    if (pending == agreement.choices.end()) return Refused("nothing_pending");
    DropChoices(agreement, pending->from);
    return Settle(std::move(agreement), catalog);
}

Result<Agreement> Cancel(Agreement agreement, const Catalog& catalog, const Ending& ending) {
    const AgreementView view(agreement, catalog);
    if (view.IsOver(ending.now)) return Refused("subscription_over");
    CivilTime end = EndOf(view, catalog, ending.now);
    if (ending.when == Ending::When::kEndOfTerm) end = view.TermEnd(ending.now);
    if (ending.when == Ending::When::kOn) {
        if (!ending.on || *ending.on < view.Grain(agreement.started_at))
            return InvalidField("on", "error.date_before_start");
        if (*ending.on < view.Grain(ending.now)) return InvalidField("on", "error.date_past");
        if (*ending.on > view.Grain(ending.now) + kFurthest)
            return InvalidField("on", "error.date_too_far");
        end = EndOf(view, catalog, *ending.on);
    }
    // What has not begun ends as it would have begun.
    end = std::max(end, view.Grain(agreement.started_at));
    if (agreement.ends_at == end) return Refused("nothing_changes");
    agreement.ends_at = end;
    agreement.end_reason = ending.reason;
    return agreement;
}

Result<Agreement> WithdrawCancel(Agreement agreement, const Catalog& catalog, CivilTime now) {
    const auto& base = agreement.from_base;
    if (!agreement.ends_at)
        return Refused(base && base->ends_at && !base->expires ? "ends_with_base"
                                                               : "not_cancelled");
    if (AgreementView(agreement, catalog).IsOver(now)) return Refused("subscription_over");
    agreement.ends_at.reset();
    agreement.end_reason.clear();
    return agreement;
}

Result<Agreement> PauseFrom(Agreement agreement, const Catalog& catalog, const Pause& pause,
                            CivilTime now) {
    if (agreement.base) return Refused("paused_with_base");
    LIVERY_TRY(CheckRunning(agreement, catalog, std::max(now, pause.from)));
    if (pause.from < AgreementView(agreement, catalog).Grain(now))
        return InvalidField("from", "error.date_past");
    if (pause.to && *pause.to <= pause.from) return InvalidField("to", "error.date_before_start");
    for (const Pause& other : agreement.pauses) {
        if (pause.from < other.to.value_or(CivilTime::max()) &&
            other.from < pause.to.value_or(CivilTime::max())) {
            return Refused("subscription_paused");
        }
    }
    agreement.pauses.push_back(pause);
    std::sort(agreement.pauses.begin(), agreement.pauses.end(),
              [](const Pause& a, const Pause& b) { return a.from < b.from; });
    return agreement;
}

Result<Agreement> Resume(Agreement agreement, const Catalog& catalog, CivilTime now) {
    if (agreement.base) return Refused("paused_with_base");
    if (AgreementView(agreement, catalog).StateAt(now) != AgreementState::kPaused)
        return Refused("not_paused");
    for (Pause& pause : agreement.pauses) {
        if (pause.from <= now && (!pause.to || now < *pause.to)) pause.to = now;
    }
    // A pause of no time was none.
    std::erase_if(agreement.pauses, [](const Pause& pause) { return pause.to == pause.from; });
    return agreement;
}

Result<Agreement> MoveBillingDay(Agreement agreement, const Catalog& catalog, int day,
                                 CivilTime now) {
    if (day < 1 || day > 31) return InvalidField("day", "error.billing_day");
    const AgreementView view(agreement, catalog);
    LIVERY_TRY(CheckBillingDay(agreement, catalog, now));
    if (view.BillingDay() == day) return Refused("nothing_changes");
    const CivilTime running = std::max(now, agreement.started_at);
    const CivilTime today = view.Grain(running);
    const CivilTime from = EndOfRunning(view, catalog, running);
    if (const auto stop = view.StopsAt(); stop && *stop <= from)
        return Refused("subscription_ending");
    std::erase_if(agreement.anchors,
                  [&](const Anchor& anchor) { return !anchor.with_change && anchor.from > today; });
    agreement.anchors.push_back({from, from, day});
    BringBillingDay(agreement, catalog, now);
    return Settle(std::move(agreement), catalog);
}

}  // namespace livery::subscriptions
