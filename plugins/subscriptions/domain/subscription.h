#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <livery/ids.h>
#include <livery/money/money.h>
#include <livery/time/instant.h>

#include "domain/frequency.h"

namespace livery::subscriptions {

// As stored. What a subscriber reads may say more: an active one with an end reads "cancelling".
enum class State { kPending, kTrial, kActive, kPaused, kPastDue, kCancelled, kExpired };
std::string_view ToString(State state);
std::optional<State> StateFrom(std::string_view text);

// What a subscriber is shown as the state.
enum class ShownState {
    kPending,
    kTrial,
    kActive,
    kPaused,
    kPastDue,
    kCancelling,
    kCancelled,
    kExpired
};
std::string_view ToString(ShownState state);

enum class PhaseKind { kTrial, kDiscount, kFixedTerm, kEvergreen };
std::string_view ToString(PhaseKind kind);
std::optional<PhaseKind> PhaseKindFrom(std::string_view text);

// A stretch of a plan with one price. Half-open; an evergreen phase has no end.
struct Phase {
    PhaseKind kind = PhaseKind::kEvergreen;
    Date from;
    std::optional<Date> to;
    Money unit_price;
    bool operator==(const Phase&) const = default;
};

// One product on one price plan, for one account. `base` is set on an add-on: it belongs to that
// subscription and ends with it.
struct Subscription {
    SubscriptionId id;
    AccountId account;
    std::optional<SubscriptionId> base;
    std::string product;
    std::string plan;
    State state = State::kActive;
    std::int64_t quantity = 1;
    Frequency frequency = Frequency::kMonth;
    std::string site;  // "" = none
    Date started_on;
    std::optional<Date> paused_on;
    std::optional<Date> ends_on;  // scheduled or past end
    std::vector<Phase> phases;    // in order, without gaps, the first begins on started_on

    bool IsOver() const { return state == State::kCancelled || state == State::kExpired; }
};

// What a base and its add-ons have in common: the base's id.
SubscriptionId BundleOf(const Subscription& subscription);

// `rows` hold bundles one after another; within each the base comes first, its add-ons keep their
// order. (By id alone an add-on of the same millisecond may precede its base.)
void PutBasesFirst(std::vector<Subscription>& rows);

ShownState ShownStateOf(const Subscription& subscription);

// The phase that holds `date`; nullptr before the first and after the last.
const Phase* PhaseAt(const Subscription& subscription, Date date);

// The next date on which money is due, strictly after `today`, with the amount: unit price of the
// phase that begins or runs then × quantity. nullopt when nothing will be charged any more:
// paused, over, or ending before. Periods count from the end of the trial, if there is one.
struct NextCharge {
    Date on;
    Money amount;
    Period covers;
};
std::optional<NextCharge> NextChargeOf(const Subscription& subscription, Date today);

// Up to (not including) which date the subscriber has been charged, as of `today`.
std::optional<Date> ChargedThrough(const Subscription& subscription, Date today);

}  // namespace livery::subscriptions
