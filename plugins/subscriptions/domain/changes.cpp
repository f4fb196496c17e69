#include "domain/changes.h"

#include <algorithm>
#include <array>

namespace livery::subscriptions {

namespace {

constexpr std::array kAllKinds{
    EventKind::kStarted,         EventKind::kTrialEnded,      EventKind::kRenewed,
    EventKind::kQuantityChanged, EventKind::kPriceChanged,    EventKind::kPaused,
    EventKind::kResumed,         EventKind::kCancelScheduled, EventKind::kCancelWithdrawn,
    EventKind::kCancelled,       EventKind::kExpired};

}  // namespace

std::string_view ToString(EventKind kind) {
    switch (kind) {
        case EventKind::kStarted:
            return "started";
        case EventKind::kTrialEnded:
            return "trial_ended";
        case EventKind::kRenewed:
            return "renewed";
        case EventKind::kQuantityChanged:
            return "quantity_changed";
        case EventKind::kPriceChanged:
            return "price_changed";
        case EventKind::kPaused:
            return "paused";
        case EventKind::kResumed:
            return "resumed";
        case EventKind::kCancelScheduled:
            return "cancel_scheduled";
        case EventKind::kCancelWithdrawn:
            return "cancel_withdrawn";
        case EventKind::kCancelled:
            return "cancelled";
        case EventKind::kExpired:
            return "expired";
    }
    return "";
}

std::optional<EventKind> EventKindFrom(std::string_view text) {
    for (const EventKind kind : kAllKinds) {
        if (ToString(kind) == text) return kind;
    }
    return std::nullopt;
}

Result<Subscription> Pause(Subscription subscription, Date today) {
    if (subscription.state != State::kActive)
        return Conflict("only an active subscription can be paused");
    if (subscription.ends_on) return Conflict("a subscription that is ending cannot be paused");
    subscription.state = State::kPaused;
    subscription.paused_on = today;
    return subscription;
}

Result<Subscription> Resume(Subscription subscription, Date) {
    if (subscription.state != State::kPaused) return Conflict("the subscription is not paused");
    subscription.state = State::kActive;
    subscription.paused_on.reset();
    return subscription;
}

Result<Subscription> ChangeQuantity(Subscription subscription, std::int64_t quantity) {
    if (subscription.IsOver()) return Conflict("the subscription is over");
    if (quantity < 1 || quantity > 100'000) return InvalidField("quantity", "error.quantity");
    subscription.quantity = quantity;
    return subscription;
}

Result<Subscription> ChangePrice(Subscription subscription, Money unit_price, Date on) {
    if (subscription.IsOver()) return Conflict("the subscription is over");
    Phase& last = subscription.phases.back();
    if (on <= last.from || last.to)
        return Conflict("only a running evergreen phase changes its price");
    last.to = on;
    subscription.phases.push_back({PhaseKind::kEvergreen, on, std::nullopt, unit_price});
    return subscription;
}

Result<Subscription> ScheduleCancel(Subscription subscription, Date today) {
    if (subscription.IsOver() || subscription.state == State::kPaused) {
        return Conflict("only a running subscription can be cancelled");
    }
    if (subscription.ends_on) return Conflict("the subscription is ending already");
    const Phase* phase = PhaseAt(subscription, today);
    const bool trial = phase != nullptr && phase->kind == PhaseKind::kTrial;
    subscription.ends_on = trial ? phase->to : ChargedThrough(subscription, today);
    if (!subscription.ends_on) subscription.ends_on = today;
    return subscription;
}

Result<Subscription> WithdrawCancel(Subscription subscription, Date today) {
    if (!subscription.ends_on || subscription.IsOver() || today >= *subscription.ends_on) {
        return Conflict("there is no cancellation to take back");
    }
    subscription.ends_on.reset();
    return subscription;
}

Passage PassTime(Subscription subscription, Date from, Date to) {
    Passage passage{std::move(subscription), {}};
    Subscription& now = passage.subscription;
    while (!now.IsOver() && now.state != State::kPaused) {
        const auto charge = NextChargeOf(now, from);
        const bool on_trial = now.state == State::kTrial;
        std::optional<Date> next = charge ? std::optional(charge->on) : std::nullopt;
        if (now.ends_on && (!next || *now.ends_on <= *next)) next = now.ends_on;
        if (!next || *next > to) break;
        if (now.ends_on == next) {
            now.state = State::kCancelled;
            passage.steps.push_back({EventKind::kCancelled, *next});
        } else {
            passage.steps.push_back(
                {on_trial ? EventKind::kTrialEnded : EventKind::kRenewed, *next});
            if (on_trial || now.state == State::kPending) now.state = State::kActive;
        }
        from = *next;
    }
    return passage;
}

}  // namespace livery::subscriptions
