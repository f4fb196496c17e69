#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <livery/billing/catalog.h>
#include <livery/billing/timeline.h>
#include <livery/ids.h>
#include <livery/result.h>
#include <livery/time/frequency.h>

namespace livery::subscriptions {

// What was agreed with an account about one subscription, over time: dated choices, not events.
// Everything else (phases, state, what is to be charged) follows from it and the catalog.

// What the recurring price stays until a period is over: of a change of plan that prorates nothing.
struct PriceUntil {
    CivilTime until;
    CivilTime from;  // since when it was that; the rest is as in a Choice
    std::string plan;
    Date catalog_day{};
    Decimal quantity{1};
    CivilTime phases_from;
    bool operator==(const PriceUntil&) const = default;
};

// From `from` on: this plan in this quantity. Choices that lie ahead are pending changes.
struct Choice {
    CivilTime from;
    std::string plan;
    Date catalog_day{};  // whose version of the plan holds: the day on which it was asked for
    Decimal quantity{1};
    CivilTime phases_from;  // when the first phase of the plan began, or would have
    std::optional<PriceUntil> price_until = std::nullopt;
    bool operator==(const Choice&) const = default;
};

// From `from` on: the periods are counted from `origin`, on `day` (1 … 31) of the month, or on the
// origin's own day (0).
struct Anchor {
    CivilTime from;
    CivilTime origin;
    int day = 0;
    // When the change of plan takes effect that it came with, and with which it is taken back.
    std::optional<CivilTime> with_change = std::nullopt;
    bool operator==(const Anchor&) const = default;
};

struct Pause {
    CivilTime from;
    std::optional<CivilTime> to;  // none = until somebody resumes it
    bool operator==(const Pause&) const = default;
};

// What an add-on has of its base: see bundle.h. Never stored: it follows from both agreements, so
// that what the base takes back the add-on has back too.
struct Agreement;
struct FromBase {
    std::optional<CivilTime> ends_at;  // no later than this
    bool expires = false;              // because the base's fixed term passes: nobody decided it
    std::vector<Anchor> anchors;       // instead of the add-on's own
    std::vector<Pause> pauses;
    std::shared_ptr<const Agreement> base;  // as it was followed
    bool operator==(const FromBase& other) const;
};

// Why an add-on ends that nobody ended.
inline constexpr std::string_view kBaseEnded = "base_ended";

struct Agreement {
    SubscriptionId id;
    AccountId account;
    std::optional<SubscriptionId> base;  // of an add-on
    Currency currency;
    std::string site;
    CivilTime started_at;
    std::vector<Choice> choices;  // by `from`; the first begins at the start
    // As agreed one after the other; never empty. The last one that has begun holds.
    std::vector<Anchor> anchors;
    std::vector<Pause> pauses;         // by `from`, apart from each other
    std::optional<CivilTime> ends_at;  // as somebody ended it
    std::string end_reason;
    std::optional<FromBase> from_base = std::nullopt;
    bool operator==(const Agreement&) const = default;
};

// The plan of that id, which somebody has: that the catalog has it is seen to before.
const billing::Plan& PlanOf(const billing::Catalog& catalog, const std::string& id);

// What a choice with `price_until` is charged as before that.
Choice ChargedBefore(const Choice& choice);
// These units of it, also of what it is charged as before.
void SetUnits(Choice& choice, const Decimal& units);

enum class AgreementState { kPending, kTrial, kActive, kPaused, kCancelling, kCancelled, kExpired };
std::string_view ToString(AgreementState state);

// One phase as it passes for this subscription.
struct DatedPhase {
    int number = 0;  // its place in the plan
    billing::PhaseKind kind = billing::PhaseKind::kEvergreen;
    CivilTime from;
    std::optional<CivilTime> to;
};
// Which of a version's phases that is, and what it is: one that existing subscriptions move to may
// have fewer phases than theirs had. Borrows the version.
std::size_t PlaceIn(const billing::PlanVersion& version, const DatedPhase& phase);
const billing::Phase& TermsOf(const billing::PlanVersion& version, const DatedPhase& phase);

// Reads an agreement with the catalog it was made from. Borrows both. An add-on is to
// have followed its base.
class AgreementView {
 public:
    AgreementView(const Agreement& agreement, const billing::Catalog& catalog)
        : agreement_(agreement), catalog_(catalog) {}

    AgreementState StateAt(CivilTime now) const;
    bool IsOver(CivilTime now) const;
    const Choice& ChoiceAt(CivilTime time) const;  // the first one before the start
    // Whose recurring price is charged then: that one, or what it stays until a period is over.
    Choice PricedAt(CivilTime time) const;
    // False of a change that would come after the end: it waits for the end to be taken back. And
    // for good of one that would come after a fixed term has passed.
    bool IsReached(const Choice& choice) const;
    const Choice& LastChoice() const;
    // The plan's version that holds at `time`: that of the choice's day, or a later one that
    // existing subscriptions move to.
    const billing::PlanVersion& VersionAt(const Choice& choice, CivilTime time) const;
    std::vector<DatedPhase> PhasesOf(const Choice& choice) const;
    // The phase that holds `time`; nullopt after a fixed term.
    std::optional<DatedPhase> PhaseAt(CivilTime time) const;
    const std::vector<Anchor>& Anchors() const;
    const Anchor& AnchorAt(CivilTime time) const;
    const Anchor& LastAnchor() const { return AnchorAt(CivilTime::max()); }
    // False of a period that was to begin with a price that never does: another plan comes before.
    bool IsReached(const Anchor& anchor) const;
    const std::vector<Pause>& Pauses() const;
    BillingGrid GridAt(CivilTime time) const;
    // The end of what a change "at the end of the term" waits for: of the period that holds `time`,
    // of the phase when nothing recurs in it, or of a fixed term that passes before.
    CivilTime TermEnd(CivilTime time) const;
    // The end that was decided, its own or its base's; its own fixed term is not in it.
    std::optional<CivilTime> StopsAt() const;
    // That, or the end of a fixed term; none = for good.
    std::optional<CivilTime> EndsAt() const;
    // Why it stops; "" = nobody said.
    std::string_view EndReason() const;
    // Days, unless the tenant counts seconds.
    CivilTime Grain(CivilTime time) const;
    // The day of the month that periods begin on, as it was agreed last; it may lie ahead. nullopt
    // where they are not counted in months, or nothing is charged for them.
    std::optional<int> BillingDay() const;
    // The phase of that choice; nullopt = its last one has passed.
    std::optional<DatedPhase> PhaseOf(const Choice& choice, CivilTime time) const;

 private:
    // When the last phase of it passes; nullopt = that is for good.
    std::optional<CivilTime> PassesAt(const Choice& choice) const;

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
