#include "domain/look_schedule.h"

#include <array>

namespace livery::payments {

namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::array<seconds, 6> kFirstLooks{seconds(15), minutes(1), minutes(5),
                                             minutes(15), hours(1),   hours(4)};
constexpr days kPatience{14};
constexpr hours kToSpare{1};

std::optional<Instant> Until(Instant next, Instant end) {
    return next <= end ? std::optional(next) : std::nullopt;
}

std::optional<Instant> ByPlan(const std::vector<minutes>& plan, int looks, Instant now) {
    const auto look = static_cast<std::size_t>(looks);
    return look < plan.size() ? std::optional<Instant>(now + plan[look]) : std::nullopt;
}

}  // namespace

std::optional<Instant> NextLookAtUnknown(Instant began, int looks, Instant now,
                                         const LookPlan& plan) {
    if (!plan.unknown.empty()) return ByPlan(plan.unknown, looks, now);
    const auto look = static_cast<std::size_t>(looks);
    const Instant next = now + (look < kFirstLooks.size() ? kFirstLooks.at(look) : days(1));
    return Until(next, began + kPatience);
}

std::optional<Instant> NextLookAtPending(Instant began, hours decides_within, int looks,
                                         Instant now, const LookPlan& plan) {
    if (!plan.pending.empty()) return ByPlan(plan.pending, looks, now);
    Instant next = now + days(1);
    if (looks == 0) next = began + seconds(decides_within) / 24;
    if (looks == 1) next = began + decides_within;
    return Until(std::max(next, now + seconds(1)), began + decides_within + kPatience);
}

bool MissingCounts(Instant sent_by, seconds finds_after, Instant now) {
    return now > sent_by + finds_after;
}

bool MayResend(Instant began, std::optional<hours> window, Instant now) {
    return window && now + kToSpare < began + *window;
}

}  // namespace livery::payments
