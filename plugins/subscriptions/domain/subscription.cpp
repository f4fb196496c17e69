#include "domain/subscription.h"

#include <algorithm>
#include <array>

namespace livery::subscriptions {

namespace {

template <class Enum, std::size_t N>
std::optional<Enum> Parse(const std::array<Enum, N>& values, std::string_view text) {
    for (const Enum value : values) {
        if (ToString(value) == text) return value;
    }
    return std::nullopt;
}

// Where charging periods count from: the first day that costs something.
std::optional<Date> ChargeAnchor(const Subscription& subscription) {
    for (const Phase& phase : subscription.phases) {
        if (phase.kind != PhaseKind::kTrial) return phase.from;
    }
    return std::nullopt;
}

bool IsCharging(const Subscription& subscription) {
    return !subscription.IsOver() && subscription.state != State::kPaused;
}

}  // namespace

std::string_view ToString(State state) {
    switch (state) {
        case State::kPending:
            return "pending";
        case State::kTrial:
            return "trial";
        case State::kActive:
            return "active";
        case State::kPaused:
            return "paused";
        case State::kPastDue:
            return "past_due";
        case State::kCancelled:
            return "cancelled";
        case State::kExpired:
            return "expired";
    }
    return "";
}

std::optional<State> StateFrom(std::string_view text) {
    return Parse(std::array{State::kPending, State::kTrial, State::kActive, State::kPaused,
                            State::kPastDue, State::kCancelled, State::kExpired},
                 text);
}

std::string_view ToString(ShownState state) {
    switch (state) {
        case ShownState::kPending:
            return "pending";
        case ShownState::kTrial:
            return "trial";
        case ShownState::kActive:
            return "active";
        case ShownState::kPaused:
            return "paused";
        case ShownState::kPastDue:
            return "past_due";
        case ShownState::kCancelling:
            return "cancelling";
        case ShownState::kCancelled:
            return "cancelled";
        case ShownState::kExpired:
            return "expired";
    }
    return "";
}

std::string_view ToString(PhaseKind kind) {
    switch (kind) {
        case PhaseKind::kTrial:
            return "trial";
        case PhaseKind::kDiscount:
            return "discount";
        case PhaseKind::kFixedTerm:
            return "fixed_term";
        case PhaseKind::kEvergreen:
            return "evergreen";
    }
    return "";
}

std::optional<PhaseKind> PhaseKindFrom(std::string_view text) {
    return Parse(std::array{PhaseKind::kTrial, PhaseKind::kDiscount, PhaseKind::kFixedTerm,
                            PhaseKind::kEvergreen},
                 text);
}

SubscriptionId BundleOf(const Subscription& subscription) {
    return subscription.base.value_or(subscription.id);
}

void PutBasesFirst(std::vector<Subscription>& rows) {
    for (auto from = rows.begin(); from != rows.end();) {
        const auto end = std::find_if(from, rows.end(), [bundle = BundleOf(*from)](const auto& s) {
            return BundleOf(s) != bundle;
        });
        std::stable_partition(from, end, [](const auto& s) { return !s.base; });
        from = end;
    }
}

ShownState ShownStateOf(const Subscription& subscription) {
    switch (subscription.state) {
        case State::kPending:
            return ShownState::kPending;
        case State::kCancelled:
            return ShownState::kCancelled;
        case State::kExpired:
            return ShownState::kExpired;
        case State::kTrial:
            return subscription.ends_on ? ShownState::kCancelling : ShownState::kTrial;
        case State::kActive:
            return subscription.ends_on ? ShownState::kCancelling : ShownState::kActive;
        case State::kPaused:
            return ShownState::kPaused;
        case State::kPastDue:
            return ShownState::kPastDue;
    }
    return ShownState::kActive;
}

const Phase* PhaseAt(const Subscription& subscription, Date date) {
    for (const Phase& phase : subscription.phases) {
        if (phase.from <= date && (!phase.to || date < *phase.to)) return &phase;
    }
    return nullptr;
}

std::optional<NextCharge> NextChargeOf(const Subscription& subscription, Date today) {
    const auto anchor = ChargeAnchor(subscription);
    if (!anchor || !IsCharging(subscription)) return std::nullopt;
    Period period{*anchor, PeriodStart(*anchor, subscription.frequency, 1)};
    if (today >= *anchor) {
        const Period current = PeriodOf(*anchor, subscription.frequency, today);
        period = PeriodOf(*anchor, subscription.frequency, current.to);
    }
    if (subscription.ends_on && period.from >= *subscription.ends_on) return std::nullopt;
    const Phase* phase = PhaseAt(subscription, period.from);
    if (phase == nullptr) return std::nullopt;
    return NextCharge{period.from, phase->unit_price * subscription.quantity, period};
}

std::optional<Date> ChargedThrough(const Subscription& subscription, Date today) {
    const auto anchor = ChargeAnchor(subscription);
    if (!anchor || today < *anchor || subscription.state == State::kPending) return std::nullopt;
    const Date last = subscription.ends_on
                          ? std::min(today, *subscription.ends_on - std::chrono::days(1))
                          : today;
    if (last < *anchor) return std::nullopt;
    const Date through = PeriodOf(*anchor, subscription.frequency, last).to;
    return subscription.ends_on ? std::min(through, *subscription.ends_on) : through;
}

}  // namespace livery::subscriptions
