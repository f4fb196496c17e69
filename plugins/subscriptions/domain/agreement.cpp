#include "domain/agreement.h"

#include <algorithm>

#include <livery/check.h>

namespace livery::subscriptions {

using billing::Phase;
using billing::PhaseKind;
using billing::PlanVersion;

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

namespace {

const billing::Plan& PlanOf(const Choice& choice, const billing::Catalog& catalog) {
    const billing::Plan* plan = catalog.FindPlan(choice.plan);
    LIVERY_CHECK(plan != nullptr, "a subscription to a plan that the catalog lost");
    return *plan;
}

// The last of `dated` that is not after `time`; the first when all are.
template <class Dated>
const Dated& At(const std::vector<Dated>& dated, CivilTime time) {
    const Dated* current = &dated.front();
    for (const Dated& each : dated) {
        if (each.from <= time) current = &each;
    }
    return *current;
}

}  // namespace

CivilTime AgreementView::Grain(CivilTime time) const {
    if (catalog_.policies.proration == billing::Policies::Proration::kToTheSecond) return time;
    return DayOf(time);
}

const Choice& AgreementView::ChoiceAt(CivilTime time) const { return At(agreement_.choices, time); }

const PlanVersion& AgreementView::VersionAt(const Choice& choice, CivilTime time) const {
    const billing::Plan& plan = PlanOf(choice, catalog_);
    const PlanVersion* version = &plan.VersionOn(choice.catalog_day);
    for (const PlanVersion& later : plan.versions) {
        if (!later.migrate_existing || later.effective_from <= choice.catalog_day) continue;
        // At the end of the period that runs on that day.
        const CivilTime effective(later.effective_from);
        const Anchor& anchor = At(agreement_.anchors, effective);
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

std::optional<DatedPhase> AgreementView::PhaseAt(CivilTime time) const {
    for (const DatedPhase& phase : PhasesOf(ChoiceAt(time))) {
        if (!phase.to || time < *phase.to) return phase;
    }
    return std::nullopt;
}

BillingGrid AgreementView::GridAt(CivilTime time) const {
    const Length every = VersionAt(ChoiceAt(time), time).frequency;
    const Anchor& anchor = At(agreement_.anchors, Grain(time));
    return anchor.day > 0 ? BillingGrid::OnDay(anchor.origin, anchor.day, every)
                          : BillingGrid(anchor.origin, every);
}

CivilTime AgreementView::TermEnd(CivilTime time) const {
    const auto phase = PhaseAt(time);
    if (phase && phase->to) {
        const Choice& choice = ChoiceAt(time);
        const auto& phases = VersionAt(choice, time).phases;
        const auto number = std::min(static_cast<std::size_t>(phase->number), phases.size() - 1);
        if (phases[number].recurring.empty()) return *phase->to;
    }
    return GridAt(time).Enclosing(Grain(time)).to;
}

std::optional<int> AgreementView::BillingDay() const {
    const PlanVersion& version =
        VersionAt(agreement_.choices.back(), agreement_.choices.back().from);
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
    const Anchor& anchor = agreement_.anchors.back();
    if (anchor.day > 0) return anchor.day;
    const std::chrono::year_month_day origin(livery::DayOf(anchor.origin));
    return static_cast<int>(static_cast<unsigned>(origin.day()));
}

std::optional<CivilTime> AgreementView::EndsAt() const {
    const auto phases = PhasesOf(agreement_.choices.back());
    const std::optional<CivilTime> term = phases.empty() ? std::nullopt : phases.back().to;
    if (!term || !agreement_.ends_at) return term ? term : agreement_.ends_at;
    return std::min(*term, *agreement_.ends_at);
}

AgreementState AgreementView::StateAt(CivilTime now) const {
    if (agreement_.ends_at && *agreement_.ends_at <= now) return AgreementState::kCancelled;
    const auto end = EndsAt();
    if (end && *end <= now) return AgreementState::kExpired;
    if (now < agreement_.started_at) return AgreementState::kPending;
    for (const Pause& pause : agreement_.pauses) {
        if (pause.from <= now && (!pause.to || now < *pause.to)) return AgreementState::kPaused;
    }
    if (agreement_.ends_at) return AgreementState::kCancelling;
    const auto phase = PhaseAt(now);
    return phase && phase->kind == PhaseKind::kTrial ? AgreementState::kTrial
                                                     : AgreementState::kActive;
}

}  // namespace livery::subscriptions
