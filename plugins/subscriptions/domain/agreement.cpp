#include "domain/agreement.h"

#include <algorithm>

#include <livery/check.h>

namespace livery::subscriptions {

using billing::Phase;
using billing::PhaseKind;
using billing::PlanVersion;

bool FromBase::operator==(const FromBase& other) const {
    return ends_at == other.ends_at && expires == other.expires && anchors == other.anchors &&
           pauses == other.pauses && (base == other.base || *base == *other.base);
}

std::string_view ToString(AgreementState state) {
    switch (state) {
        case AgreementState::kPending:
            return "pending";
        case AgreementState::kTrial:
            return "trial";
        case AgreementState::kActive:
            return "active";
        case AgreementState::kPaused:
            return "paused";
        case AgreementState::kCancelling:
            return "cancelling";
        case AgreementState::kCancelled:
            return "cancelled";
        case AgreementState::kExpired:
            return "expired";
    }
    return "";
}

const billing::Plan& PlanOf(const billing::Catalog& catalog, const std::string& id) {
    const billing::Plan* plan = catalog.FindPlan(id);
    LIVERY_CHECK(plan != nullptr, "a subscription to a plan that the catalog lost");
    return *plan;
}

CivilTime AgreementView::Grain(CivilTime time) const {
    if (catalog_.policies.proration == billing::Policies::Proration::kToTheSecond) return time;
    return DayOf(time);
}

bool AgreementView::IsReached(const Choice& choice) const {
    const auto& choices = agreement_.choices;
    // What was agreed first holds, even when it ends as it would have begun.
    if (&choice == &choices.front()) return true;
    const auto stop = StopsAt();
    if (stop && *stop <= choice.from) return false;
    // What passed is over: what would come later does not bring it back.
    for (auto next = std::next(choices.begin()); next != choices.end(); ++next) {
        const auto passes = PassesAt(*std::prev(next));
        if (passes && *passes < next->from) return false;
        if (&*next == &choice) break;
    }
    return true;
}

const Choice& AgreementView::ChoiceAt(CivilTime time) const {
    const Choice* current = &agreement_.choices.front();
    for (const Choice& choice : agreement_.choices) {
        if (choice.from <= time && IsReached(choice)) current = &choice;
    }
    return *current;
}

std::size_t PlaceIn(const PlanVersion& version, const DatedPhase& phase) {
    return std::min(static_cast<std::size_t>(phase.number), version.phases.size() - 1);
}

const Phase& TermsOf(const PlanVersion& version, const DatedPhase& phase) {
    return version.phases[PlaceIn(version, phase)];
}

Choice ChargedBefore(const Choice& choice) {
    const PriceUntil& price = *choice.price_until;
    return {price.from, price.plan, price.catalog_day, price.quantity, price.phases_from};
}

void SetUnits(Choice& choice, const Decimal& units) {
    choice.quantity = units;
    if (choice.price_until) choice.price_until->quantity = units;
}

Choice AgreementView::PricedAt(CivilTime time) const {
    const Choice& choice = ChoiceAt(time);
    const bool stays = choice.price_until && time < choice.price_until->until;
    return stays ? ChargedBefore(choice) : choice;
}

const Choice& AgreementView::LastChoice() const { return ChoiceAt(CivilTime::max()); }

const std::vector<Anchor>& AgreementView::Anchors() const {
    return agreement_.from_base ? agreement_.from_base->anchors : agreement_.anchors;
}

bool AgreementView::IsReached(const Anchor& anchor) const {
    if (!anchor.with_change) return true;
    const auto& choices = agreement_.choices;
    for (auto next = std::next(choices.begin()); next != choices.end(); ++next) {
        if (next->from <= *anchor.with_change || anchor.from < next->from) continue;
        if (next->plan != std::prev(next)->plan) return false;
        // The same plan, and nothing stays of the price before.
        if (!next->price_until && next->from < anchor.from) return false;
    }
    return true;
}

const Anchor& AgreementView::AnchorAt(CivilTime time) const {
    const Anchor* current = &Anchors().front();
    for (const Anchor& each : Anchors()) {
        if (each.from <= time && IsReached(each)) current = &each;
    }
    return *current;
}

const std::vector<Pause>& AgreementView::Pauses() const {
    return agreement_.from_base ? agreement_.from_base->pauses : agreement_.pauses;
}

const PlanVersion& AgreementView::VersionAt(const Choice& choice, CivilTime time) const {
    const billing::Plan& plan = PlanOf(catalog_, choice.plan);
    const PlanVersion* version = &plan.VersionOn(choice.catalog_day);
    for (const PlanVersion& later : plan.versions) {
        if (!later.migrate_existing || later.effective_from <= choice.catalog_day) continue;
        // At the end of the period that runs on that day.
        const CivilTime effective(later.effective_from);
        const Anchor& anchor = AnchorAt(effective);
        const BillingGrid grid =
            anchor.day > 0 ? BillingGrid::OnDay(anchor.origin, anchor.day, version->frequency)
                           : BillingGrid(anchor.origin, version->frequency);
        if (grid.NextOnOrAfter(effective) <= time) version = &later;
    }
    return *version;
}

std::vector<DatedPhase> AgreementView::PhasesOf(const Choice& choice) const {
    std::vector<DatedPhase> phases;
    CivilTime from = choice.phases_from;
    int number = 0;
    for (const Phase& phase : VersionAt(choice, choice.from).phases) {
        DatedPhase dated{number++, phase.kind, from, std::nullopt};
        if (phase.length) dated.to = from = from + *phase.length;
        phases.push_back(dated);
    }
    return phases;
}

std::optional<DatedPhase> AgreementView::PhaseOf(const Choice& choice, CivilTime time) const {
    for (const DatedPhase& phase : PhasesOf(choice)) {
        if (!phase.to || time < *phase.to) return phase;
    }
    return std::nullopt;
}

std::optional<DatedPhase> AgreementView::PhaseAt(CivilTime time) const {
    return PhaseOf(ChoiceAt(time), time);
}

BillingGrid AgreementView::GridAt(CivilTime time) const {
    const Length every = VersionAt(PricedAt(time), time).frequency;
    const Anchor& anchor = AnchorAt(Grain(time));
    return anchor.day > 0 ? BillingGrid::OnDay(anchor.origin, anchor.day, every)
                          : BillingGrid(anchor.origin, every);
}

CivilTime AgreementView::TermEnd(CivilTime time) const {
    const CivilTime period_ends = GridAt(time).Enclosing(Grain(time)).to;
    const Choice priced = PricedAt(time);
    const auto phase = PhaseOf(priced, time);
    if (!phase || !phase->to) return period_ends;
    if (TermsOf(VersionAt(priced, time), *phase).recurring.empty()) return *phase->to;
    // A fixed term may pass in the middle of a period.
    return std::min(period_ends, PassesAt(priced).value_or(period_ends));
}

std::optional<int> AgreementView::BillingDay() const {
    const PlanVersion& version = VersionAt(LastChoice(), LastChoice().from);
    const auto priced = [&](const billing::Price& price) {
        return price.contains(agreement_.currency);
    };
    const bool charged =
        std::any_of(version.phases.begin(), version.phases.end(), [&](const Phase& phase) {
            return priced(phase.recurring) ||
                   std::any_of(phase.usage.begin(), phase.usage.end(),
                               [&](const auto& usage) { return priced(usage.unit_price); });
        });
    if (!charged || version.frequency.unit != Length::Unit::kMonth) return std::nullopt;
    const Anchor& anchor = LastAnchor();
    if (anchor.day > 0) return anchor.day;
    const std::chrono::year_month_day origin(livery::DayOf(anchor.origin));
    return static_cast<int>(static_cast<unsigned>(origin.day()));
}

namespace {

using End = std::optional<CivilTime>;

End Earlier(const End& a, const End& b) {
    if (!a || !b) return a ? a : b;
    return std::min(*a, *b);
}

// What somebody decided: not that a term passes.
End DecidedEnd(const Agreement& agreement) {
    const auto& base = agreement.from_base;
    return base && !base->expires ? Earlier(agreement.ends_at, base->ends_at) : agreement.ends_at;
}

}  // namespace

End AgreementView::StopsAt() const {
    return agreement_.from_base ? Earlier(agreement_.ends_at, agreement_.from_base->ends_at)
                                : agreement_.ends_at;
}

End AgreementView::PassesAt(const Choice& choice) const {
    const auto& phases = VersionAt(choice, choice.from).phases;
    if (phases.empty()) return std::nullopt;
    CivilTime to = choice.phases_from;
    for (const Phase& phase : phases) {
        if (!phase.length) return std::nullopt;
        to = to + *phase.length;
    }
    // A plan whose term had passed when it was changed to ends as it begins.
    return std::max(to, choice.from);
}

End AgreementView::EndsAt() const { return Earlier(StopsAt(), PassesAt(LastChoice())); }

std::string_view AgreementView::EndReason() const {
    const End stop = StopsAt();
    if (!stop) return "";
    return agreement_.ends_at == stop ? std::string_view(agreement_.end_reason) : kBaseEnded;
}

AgreementState AgreementView::StateAt(CivilTime now) const {
    const End end = EndsAt();
    const End decided = DecidedEnd(agreement_);
    if (end && *end <= now) {
        const bool ended = decided && *decided <= *end;
        return ended ? AgreementState::kCancelled : AgreementState::kExpired;
    }
    if (now < agreement_.started_at) return AgreementState::kPending;
    for (const Pause& pause : Pauses()) {
        if (pause.from <= now && (!pause.to || now < *pause.to)) return AgreementState::kPaused;
    }
    if (decided) return AgreementState::kCancelling;
    const auto phase = PhaseAt(now);
    return phase && phase->kind == PhaseKind::kTrial ? AgreementState::kTrial
                                                     : AgreementState::kActive;
}

bool AgreementView::IsOver(CivilTime now) const {
    const End end = EndsAt();
    return end && *end <= now;
}

}  // namespace livery::subscriptions
