#pragma once

#include <optional>
#include <string>
#include <vector>

#include <livery/billing/catalog.h>
#include <livery/billing/timeline.h>
#include <livery/ids.h>
#include <livery/result.h>
#include <livery/time/frequency.h>

namespace livery::subscriptions {

// What was agreed with an account about one subscription, over time: dated choices, not events.
// Everything else (phases, state, what is to be charged) follows from it and the catalog.

// From `from` on: this plan in this quantity. Choices that lie ahead are pending changes.
struct Choice {
    CivilTime from;
    std::string plan;
    Date catalog_day{};  // whose version of the plan holds
    Decimal quantity{1};
    CivilTime phases_from;  // when the first phase of the plan began, or would have
    bool operator==(const Choice&) const = default;
};

// From `from` on: the periods are counted from `origin`, on `day` (1 … 31) of the month, or on the
// origin's own day (0).
struct Anchor {
    CivilTime from;
    CivilTime origin;
    int day = 0;
    bool operator==(const Anchor&) const = default;
};

struct Pause {
    CivilTime from;
    std::optional<CivilTime> to;  // none = until somebody resumes it
    bool operator==(const Pause&) const = default;
};

struct Agreement {
    SubscriptionId id;
    AccountId account;
    std::optional<SubscriptionId> base;  // of an add-on
    Currency currency;
    std::string site;
    CivilTime started_at;
    std::vector<Choice> choices;  // by `from`; the first begins at the start
    std::vector<Anchor> anchors;  // by `from`; never empty
    std::vector<Pause> pauses;    // by `from`, apart from each other
    std::optional<CivilTime> ends_at;
    std::string end_reason;
    bool operator==(const Agreement&) const = default;
};

enum class AgreementState { kPending, kTrial, kActive, kPaused, kCancelling, kCancelled, kExpired };
std::string_view ToString(AgreementState state);

// One phase as it passes for this subscription.
struct DatedPhase {
    int number = 0;  // its place in the plan
    billing::PhaseKind kind = billing::PhaseKind::kEvergreen;
    CivilTime from;
    std::optional<CivilTime> to;
};

// Reads an agreement with the catalog it was made from. Borrows both.
class AgreementView {
 public:
    AgreementView(const Agreement& agreement, const billing::Catalog& catalog)
        : agreement_(agreement), catalog_(catalog) {}

    AgreementState StateAt(CivilTime now) const;
    const Choice& ChoiceAt(CivilTime time) const;  // the first one before the start
    // The plan's version that holds at `time`: that of the choice's day, or a later one that
    // existing subscriptions move to.
    const billing::PlanVersion& VersionAt(const Choice& choice, CivilTime time) const;
    std::vector<DatedPhase> PhasesOf(const Choice& choice) const;
    // The phase that holds `time`; nullopt after a fixed term.
    std::optional<DatedPhase> PhaseAt(CivilTime time) const;
    BillingGrid GridAt(CivilTime time) const;
    // The end of what a change "at the end of the term" waits for: of the period that holds `time`,
    // or of the phase when nothing recurs in it.
    CivilTime TermEnd(CivilTime time) const;
    // The scheduled end, or that of a fixed term; none = for good.
    std::optional<CivilTime> EndsAt() const;
    // Days, unless the tenant counts seconds.
    CivilTime Grain(CivilTime time) const;
    // The day of the month that periods begin on, as it was agreed last; it may lie ahead. nullopt
    // where they are not counted in months, or nothing is charged for them.
    std::optional<int> BillingDay() const;

 private:
    const Agreement& agreement_;
    const billing::Catalog& catalog_;
};

// What is to be charged, as it looks at `as_of`. A pause that is not over does not yet cut the
// period in which it began when that is charged in advance: what it gives back is known when it
// ends, or when the period does (RP-04). `usage` is by meter, in order of time.
struct UsageOfMeter {
    std::string meter;
    std::vector<billing::Usage> records;
};
billing::Timeline TimelineOf(const Agreement& agreement, const billing::Catalog& catalog,
                             const std::vector<UsageOfMeter>& usage, CivilTime as_of);

}  // namespace livery::subscriptions
