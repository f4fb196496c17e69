#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <livery/result.h>

#include "domain/subscription.h"

namespace livery::subscriptions {

// What happened to a subscription, for its history. `detail` is one plain value (a quantity, a
// plan name, a date), formatted when shown.
enum class EventKind {
    kStarted,
    kTrialEnded,
    kRenewed,
    kQuantityChanged,
    kPriceChanged,
    kPaused,
    kResumed,
    kCancelScheduled,
    kCancelWithdrawn,
    kCancelled,
    kExpired,
};
std::string_view ToString(EventKind kind);
std::optional<EventKind> EventKindFrom(std::string_view text);

struct Event {
    EventKind kind = EventKind::kStarted;
    Instant at;
    std::string detail;
};

// The transitions. Each takes the subscription as it is and returns it as it becomes, or kConflict
// with what stands in the way; none has an effect of its own.
Result<Subscription> Pause(Subscription subscription, Date today);
Result<Subscription> Resume(Subscription subscription, Date today);
Result<Subscription> ChangeQuantity(Subscription subscription, std::int64_t quantity);
// From `on` the running evergreen phase costs `unit_price`.
Result<Subscription> ChangePrice(Subscription subscription, Money unit_price, Date on);
// At the end of what has been charged (or of the trial).
Result<Subscription> ScheduleCancel(Subscription subscription, Date today);
Result<Subscription> WithdrawCancel(Subscription subscription, Date today);

// What the passing of time alone brings about between two days (`from` exclusive, `to` inclusive):
// the trial's end, renewals, the scheduled end. In order.
struct Passage {
    Subscription subscription;
    struct Step {
        EventKind kind;
        Date on;
    };
    std::vector<Step> steps;
};
Passage PassTime(Subscription subscription, Date from, Date to);

}  // namespace livery::subscriptions
