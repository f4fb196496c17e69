#include "domain/charging.h"

#include <algorithm>

#include <livery/check.h>

#include "domain/charged_time.h"
#include "domain/span_list.h"

namespace livery::invoices {

using billing::BillingMode;
using billing::ChargeKey;
using billing::ChargeStretch;
using billing::Policies;

namespace {

constexpr CivilTime kForGood = CivilTime::max();

// One subscription's charging.
class Charging {
 public:
    explicit Charging(const ChargingInput& input) : in_(input) {
        // A change may come later on the day of the last run, and take effect at its beginning.
        if (in_.settled) settled_ = DayOf(*in_.settled);
    }

    std::vector<Line> Run() {
        for (std::size_t i = 0; i < in_.timeline.stretches.size(); ++i) {
            stretch_ = &in_.timeline.stretches[i];
            sold_ = &in_.timeline.sold[i];
            if (stretch_->key.kind == ChargeKey::Kind::kOneTime) {
                ChargeOnce();
            } else {
                ChargePeriods();
            }
        }
        for (const BilledLine& billed : in_.billed) GiveBack(billed);
        return std::move(lines_);
    }

 private:
    bool IsDue(CivilTime time) const {
        // Nothing is charged before the moment it came about (PR-20).
        const CivilTime due = time == stretch_->from ? std::max(time, stretch_->begins_at) : time;
        return due <= in_.as_of;
    }

    void ChargeOnce() {
        const bool ended_at_once = stretch_->to && *stretch_->to <= stretch_->from;
        if (ended_at_once || !IsDue(stretch_->from)) return;
        for (const BilledLine& billed : in_.billed) {
            if (billed.line.key == stretch_->key && billed.line.covers.from == stretch_->from)
                return;
        }
        if (settled_ && stretch_->begins_at < *settled_) return;
        Add(LineKind::kOneTime, {stretch_->from, stretch_->from}, {stretch_->from, stretch_->from},
            stretch_->key.quantity);
    }

    void ChargePeriods() {
        const BillingGrid& grid = stretch_->grid;
        const CivilTime end = stretch_->to.value_or(kForGood);
        const CivilTime from = std::max(stretch_->from, settled_.value_or(stretch_->from));
        // One period earlier: what ended on the very day of the last run may be due since.
        for (int k = grid.IndexAt(from) - 1;; ++k) {
            const Span period{grid.PointAt(k), grid.PointAt(k + 1)};
            if (period.to <= stretch_->from) continue;
            const Span piece = Intersect(period, {stretch_->from, end});
            if (piece.IsEmpty()) return;
            const bool in_advance = stretch_->mode == BillingMode::kInAdvance;
            if (!IsDue(in_advance ? piece.from : piece.to)) return;
            if (settled_ && piece.to < *settled_) continue;
            for (const Span& open : NotBilled(piece)) ChargePiece(open, period);
        }
    }

    std::vector<Span> NotBilled(const Span& piece) const {
        std::vector<Span> open{piece};
        for (const BilledLine& billed : in_.billed) {
            if (billed.line.key != stretch_->key) continue;
            for (const Span& live : billed.LiveSpans()) open = Without(open, live);
        }
        return open;
    }

    void ChargePiece(const Span& piece, const Span& period) {
        if (stretch_->key.kind == ChargeKey::Kind::kRecurring) {
            Add(LineKind::kRecurring, piece, period, stretch_->key.quantity);
            return;
        }
        // Units add up exactly: the finest of them gives the decimals.
        int decimals = 0;
        for (const billing::Usage& use : stretch_->usage)
            decimals = std::max(decimals, use.units.decimals());
        std::int64_t units = 0;
        for (const billing::Usage& use : stretch_->usage) {
            if (!piece.Contains(use.at)) continue;
            std::int64_t scaled = use.units.unscaled();
            for (int i = use.units.decimals(); i < decimals; ++i) {
                LIVERY_CHECK(!__builtin_mul_overflow(scaled, 10, &scaled), "units past 64 bits");
            }
            LIVERY_CHECK(!__builtin_add_overflow(units, scaled, &units), "units past 64 bits");
        }
        if (units != 0) Add(LineKind::kUsage, piece, piece, Decimal(units, decimals));
    }

    void Add(LineKind kind, const Span& covers, const Span& period, const Decimal& quantity) {
        const Ratio share = kind == LineKind::kRecurring
                                ? billing::ShareOf(covers, period, in_.policies.proration)
                                : Ratio{1, 1};
        Line line = Line::Of(
            kind, Product(stretch_->key.unit_price, quantity, share, in_.timeline.currency));
        line.subscription = in_.timeline.subscription;
        line.key = stretch_->key;
        line.text = sold_->product;
        line.plan = sold_->plan;
        line.site = in_.timeline.site;
        line.tax_class = sold_->tax_class;
        line.covers = covers;
        line.period = period;
        line.unit_price = stretch_->key.unit_price;
        line.quantity = quantity;
        line.share = share;
        lines_.push_back(std::move(line));
    }

    void GiveBack(const BilledLine& billed) {
        const Line& line = billed.line;
        if (!line.key || line.kind == LineKind::kUsage || billed.left.minor_units() <= 0) return;
        if (billed.is_written_off) return;
        // Not looked at again, so that it need not be loaded with all that corrects it.
        if (settled_ && line.period.to < *settled_) return;
        if (line.kind == LineKind::kOneTime) return GiveBackOnce(billed);
        std::vector<Span> undue = billed.LiveSpans();
        for (const ChargeStretch& stretch : in_.timeline.stretches) {
            if (stretch.key != *line.key) continue;
            undue = Without(undue, {stretch.from, stretch.to.value_or(kForGood)});
        }
        BilledLine rest = billed;
        for (const Span& span : undue) {
            if (!IsGivenBackYet(span, *line.key)) continue;
            const Ratio part = billing::ShareOf(span, line.period, in_.policies.proration);
            // Of what the line really charged, for the time that it covers (DESIGN section 7).
            const bool measurable = line.share.num > 0;
            Money amount = measurable ? PartOf(line, part) : rest.left;
            const std::vector<Span> live = rest.LiveSpans();
            const bool last = live.size() == 1 && live.front() == span;
            // The last part of a line takes what is left of it; never more than that (RP-01).
            if (last || amount.minor_units() > rest.left.minor_units()) amount = rest.left;
            Line repair = CorrectionOf(rest, LineKind::kRepair, amount);
            repair.covers = span;
            repair.period = line.period;
            repair.share = part;
            rest.Give(repair);
            if (amount.minor_units() > 0) lines_.push_back(std::move(repair));
        }
    }

    // Time that is still being used is given back when it no longer is: an end that was only
    // announced can be taken back. An end whose last day is charged is one already on that day.
    bool IsGivenBackYet(const Span& span, const ChargeKey& key) const {
        CivilTime reached = in_.as_of;
        if (in_.policies.last_day == Policies::LastDay::kBilled)
            reached = DayOf(reached) + std::chrono::days(1);
        if (span.from <= reached) return true;
        // What has begun in its place is charged already.
        return std::any_of(in_.timeline.stretches.begin(), in_.timeline.stretches.end(),
                           [&](const ChargeStretch& other) {
                               return other.key.kind == ChargeKey::Kind::kRecurring &&
                                      other.key != key && other.from <= reached &&
                                      span.from < other.to.value_or(kForGood);
                           });
    }

    // Fixed prices are never prorated: all or nothing, as the tenant chose (RP-11).
    void GiveBackOnce(const BilledLine& billed) {
        if (!in_.policies.credit_one_time_on_cancel) return;
        for (const ChargeStretch& stretch : in_.timeline.stretches) {
            const bool ended_at_once = stretch.to && *stretch.to <= stretch.from;
            if (stretch.key != *billed.line.key || !ended_at_once) continue;
            Line repair = CorrectionOf(billed, LineKind::kRepair, billed.left);
            repair.covers = repair.period = billed.line.covers;
            lines_.push_back(std::move(repair));
            return;
        }
    }

    const ChargingInput& in_;
    std::optional<CivilTime> settled_;
    const ChargeStretch* stretch_ = nullptr;
    const billing::SoldAs* sold_ = nullptr;
    std::vector<Line> lines_;
};

}  // namespace

std::vector<Line> ChargesDue(const ChargingInput& input) { return Charging(input).Run(); }

}  // namespace livery::invoices
