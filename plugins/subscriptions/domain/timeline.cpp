#include <algorithm>

#include "domain/agreement.h"

namespace livery::subscriptions {

using billing::BillingMode;
using billing::ChargeKey;
using billing::ChargeStretch;
using billing::Phase;
using billing::PlanVersion;
using billing::Policies;

namespace {

constexpr CivilTime kForGood = CivilTime::max();

// Builds one timeline: the choices, cut by phases, versions, anchors and pauses.
class TimelineBuilder {
 public:
    TimelineBuilder(const Agreement& agreement, const billing::Catalog& catalog,
                    const std::vector<UsageOfMeter>& usage, CivilTime as_of)
        : agreement_(agreement),
          catalog_(catalog),
          usage_(usage),
          as_of_(as_of),
          view_(agreement, catalog),
          stops_at_(view_.StopsAt()),
          timeline_{agreement.id, agreement.account, agreement.currency, agreement.site, {}, {}} {}

    billing::Timeline Build() {
        const CivilTime end = stops_at_.value_or(kForGood);
        for (std::size_t i = 0; i < agreement_.choices.size(); ++i) {
            if (!view_.IsReached(agreement_.choices[i])) break;
            const bool last = i + 1 == agreement_.choices.size();
            const CivilTime to = last ? end : std::min(end, agreement_.choices[i + 1].from);
            AddChoice(agreement_.choices[i], to);
        }
        return std::move(timeline_);
    }

 private:
    void AddChoice(const Choice& choice, CivilTime to) {
        if (choice.price_until) AddPriceUntil(choice, std::min(to, choice.price_until->until));
        Sell(choice);
        for (const DatedPhase& phase : view_.PhasesOf(choice)) {
            const Span span =
                Intersect({choice.from, to}, {phase.from, phase.to.value_or(kForGood)});
            // A one-time price belongs to the beginning, even of what ended on its first day; a
            // change of quantity begins nothing.
            const bool begins = phase.from >= choice.from && phase.from < to;
            if (begins || phase.from == choice.from) AddOneTime(choice, phase, span);
            if (!span.IsEmpty()) AddPhase(choice, phase, span);
        }
    }

    void Sell(const Choice& choice) {
        const billing::Plan& plan = PlanOf(catalog_, choice.plan);
        const billing::Product& product = catalog_.ProductOf(plan);
        sold_ = {product.name, plan.name, product.tax_class};
    }

    // The recurring price that stays until the period is over, or the new plan's term passes; the
    // rest is the new plan's.
    void AddPriceUntil(const Choice& choice, CivilTime to) {
        if (const auto end = view_.EndsAt()) to = std::min(to, *end);
        const Choice before = ChargedBefore(choice);
        Sell(before);
        for (const DatedPhase& phase : view_.PhasesOf(before)) {
            const Span span =
                Intersect({choice.from, to}, {phase.from, phase.to.value_or(kForGood)});
            if (span.IsEmpty()) continue;
            for (const Span& piece : Cut(before, span)) AddRecurring(before, phase, piece);
        }
    }

    ChargeKey KeyOf(const Choice& choice, int phase, const PlanVersion& version) const {
        ChargeKey key;
        key.plan = choice.plan;
        key.phase = phase;
        key.version = version.effective_from;
        key.quantity = choice.quantity;
        return key;
    }

    const Decimal* PriceIn(const billing::Price& price) const {
        const auto found = price.find(agreement_.currency);
        return found == price.end() ? nullptr : &found->second;
    }

    void Add(ChargeStretch stretch) {
        timeline_.stretches.push_back(std::move(stretch));
        timeline_.sold.push_back(sold_);
    }

    void AddOneTime(const Choice& choice, const DatedPhase& phase, const Span& span) {
        const PlanVersion& version = view_.VersionAt(choice, phase.from);
        const Decimal* price = PriceIn(TermsOf(version, phase).one_time);
        if (price == nullptr) return;
        ChargeKey key = KeyOf(choice, phase.number, version);
        key.kind = ChargeKey::Kind::kOneTime;
        key.unit_price = *price;
        const CivilTime from = view_.Grain(phase.from);
        const std::optional<CivilTime> to =
            span.to >= kForGood ? std::nullopt
                                : std::optional(std::max(from, view_.Grain(span.to)));
        Add({key, from, to, phase.from, view_.GridAt(phase.from), BillingMode::kInAdvance, {}});
    }

    void AddPhase(const Choice& choice, const DatedPhase& phase, const Span& span) {
        for (const Span& piece : Cut(choice, span)) {
            const bool stays = choice.price_until && piece.from < choice.price_until->until;
            if (!stays) AddRecurring(choice, phase, piece);
            AddUsage(choice, phase, piece);
        }
    }

    // Where the version, the anchor or what is charged changes.
    std::vector<Span> Cut(const Choice& choice, const Span& span) const {
        std::vector<CivilTime> cuts{span.from};
        if (choice.price_until && span.Contains(choice.price_until->until))
            cuts.push_back(choice.price_until->until);
        for (const Anchor& anchor : view_.Anchors()) {
            const bool holds = &view_.AnchorAt(anchor.from) == &anchor;
            if (holds && span.from < anchor.from && anchor.from < span.to)
                cuts.push_back(anchor.from);
        }
        for (const PlanVersion& version : PlanOf(catalog_, choice.plan).versions) {
            const CivilTime day(version.effective_from);
            if (!version.migrate_existing || day <= CivilTime(choice.catalog_day)) continue;
            const CivilTime moves = view_.GridAt(std::max(day, span.from)).NextOnOrAfter(day);
            if (span.from < moves && moves < span.to) cuts.push_back(moves);
        }
        std::sort(cuts.begin(), cuts.end());
        cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
        std::vector<Span> pieces;
        for (std::size_t i = 0; i < cuts.size(); ++i)
            pieces.push_back({cuts[i], i + 1 < cuts.size() ? cuts[i + 1] : span.to});
        return pieces;
    }

    void AddRecurring(const Choice& choice, const DatedPhase& phase, const Span& span) {
        const PlanVersion& version = view_.VersionAt(choice, span.from);
        const Decimal* price = PriceIn(TermsOf(version, phase).recurring);
        if (price == nullptr) return;
        const BillingGrid grid = view_.GridAt(span.from);
        ChargeKey key = KeyOf(choice, phase.number, version);
        key.unit_price = *price;
        for (const Span& active : WithoutPauses(span, grid, version.mode)) {
            const ChargeStretch stretch = Stretch(key, active, grid, version.mode);
            if (!Continues(stretch)) Add(stretch);
        }
    }

    // What stays charged after a change of plan is one stretch with what was before it: in arrear
    // the period is one line.
    bool Continues(const ChargeStretch& stretch) {
        for (ChargeStretch& before : timeline_.stretches) {
            const bool same = before.key == stretch.key && before.mode == stretch.mode &&
                              before.grid == stretch.grid && before.to == stretch.from;
            if (same) before.to = stretch.to;
            if (same) return true;
        }
        return false;
    }

    void AddUsage(const Choice& choice, const DatedPhase& phase, const Span& span) {
        const PlanVersion& version = view_.VersionAt(choice, span.from);
        const BillingGrid grid = view_.GridAt(span.from);
        ChargeKey key = KeyOf(choice, phase.number, version);
        for (const billing::UsagePrice& used : TermsOf(version, phase).usage) {
            const Decimal* price = PriceIn(used.unit_price);
            if (price == nullptr) continue;
            key.kind = ChargeKey::Kind::kUsage;
            key.meter = used.meter;
            key.unit_price = *price;
            key.quantity = Decimal(1);
            Add(UsageStretch(Stretch(key, span, grid, BillingMode::kInArrear), span));
        }
    }

    ChargeStretch Stretch(const ChargeKey& key, const Span& span, const BillingGrid& grid,
                          BillingMode mode) const {
        std::optional<CivilTime> to;
        if (span.to < kForGood) to = view_.Grain(span.to);
        return {key, view_.Grain(span.from), to, span.from, grid, mode, {}};
    }

    // What was used belongs to the plan of that very moment, also on the day of a change or an end:
    // it is counted into the last piece of its stretch.
    ChargeStretch UsageStretch(ChargeStretch stretch, const Span& span) const {
        const bool ends = stops_at_ && span.to == *stops_at_;
        // An end is a day; what was used on it before it was agreed counts.
        const CivilTime to = ends ? span.to + std::chrono::days(1) : span.to;
        stretch.usage = UsageIn(stretch.key.meter, {span.from, to});
        if (!stretch.to || stretch.usage.empty()) return stretch;
        stretch.to = std::max(*stretch.to, stretch.from + std::chrono::days(1));
        for (billing::Usage& use : stretch.usage)
            use.at = std::min(use.at, *stretch.to - std::chrono::seconds(1));
        return stretch;
    }

    std::vector<billing::Usage> UsageIn(const std::string& meter, const Span& span) const {
        std::vector<billing::Usage> found;
        for (const UsageOfMeter& of : usage_) {
            if (of.meter != meter) continue;
            for (const billing::Usage& record : of.records) {
                if (span.Contains(record.at)) found.push_back(record);
            }
        }
        return found;
    }

    // Where a pause takes effect on what is charged for `span`; nothing, when it gives nothing
    // back.
    Span Effective(const Pause& pause, const Span& span, const BillingGrid& grid,
                   BillingMode mode) const {
        Span out{view_.Grain(pause.from), pause.to ? view_.Grain(*pause.to) : kForGood};
        // What would begin while it is paused was not paid for before.
        const bool before = out.from < view_.Grain(span.from);
        if (mode == BillingMode::kInArrear || before) return out;
        const Span period = grid.Enclosing(out.from);
        const bool keeps = catalog_.policies.pause_credit == Policies::PauseCredit::kNone;
        const bool ended = stops_at_ && *stops_at_ <= as_of_;
        const bool undecided = !pause.to && as_of_ < period.to && !ended;
        // What was paid for in advance stays paid; the next period is not begun.
        if ((keeps || undecided) && pause.from > period.from) out.from = period.to;
        return out;
    }

    std::vector<Span> WithoutPauses(const Span& span, const BillingGrid& grid,
                                    BillingMode mode) const {
        std::vector<Span> active;
        CivilTime from = span.from;
        for (const Pause& pause : view_.Pauses()) {
            const Span out = Effective(pause, span, grid, mode);
            if (out.IsEmpty() || out.to <= from || out.from >= span.to) continue;
            if (out.from > from) active.push_back({from, out.from});
            from = std::max(from, out.to);
        }
        if (from < span.to) active.push_back({from, span.to});
        return active;
    }

    const Agreement& agreement_;
    const billing::Catalog& catalog_;
    const std::vector<UsageOfMeter>& usage_;
    CivilTime as_of_;
    AgreementView view_;
    std::optional<CivilTime> stops_at_;
    billing::SoldAs sold_;
    billing::Timeline timeline_;
};

}  // namespace

billing::Timeline TimelineOf(const Agreement& agreement, const billing::Catalog& catalog,
                             const std::vector<UsageOfMeter>& usage, CivilTime as_of) {
    return TimelineBuilder(agreement, catalog, usage, as_of).Build();
}

}  // namespace livery::subscriptions
