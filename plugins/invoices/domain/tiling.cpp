#include "domain/tiling.h"

#include <algorithm>

#include "domain/charged_time.h"
#include "domain/span_list.h"

namespace livery::invoices {

using billing::BillingMode;
using billing::ChargeKey;
using billing::ChargeStretch;
using billing::Policies;

namespace {

// The periods of a stretch that were to be charged by then.
std::vector<Span> DuePieces(const ChargeStretch& stretch, CivilTime billed_to) {
    std::vector<Span> due;
    for (int k = stretch.grid.IndexAt(stretch.from);; ++k) {
        const Span piece = Intersect({stretch.grid.PointAt(k), stretch.grid.PointAt(k + 1)},
                                     {stretch.from, stretch.to.value_or(CivilTime::max())});
        if (piece.IsEmpty()) return due;
        CivilTime due_at = stretch.mode == BillingMode::kInAdvance ? piece.from : piece.to;
        // Nothing is charged before the moment it came about (PR-20).
        if (piece.from == stretch.from) due_at = std::max(due_at, stretch.begins_at);
        if (due_at > billed_to) return due;
        due.push_back(piece);
    }
}

struct LiveTime {
    Span time;
    const ChargedLine* line;
};

std::vector<LiveTime> LiveTimes(const std::vector<ChargedLine>& lines) {
    std::vector<LiveTime> live;
    for (const ChargedLine& line : lines) {
        if (line.billed.is_written_off || line.billed.left.minor_units() <= 0) continue;
        for (const Span& time : line.billed.LiveSpans()) live.push_back({time, &line});
    }
    std::sort(live.begin(), live.end(),
              [](const LiveTime& a, const LiveTime& b) { return a.time < b.time; });
    return live;
}

}  // namespace

std::vector<Span> UnchargedTime(const billing::Timeline& timeline,
                                const std::vector<ChargedLine>& lines, CivilTime billed_to) {
    std::vector<Span> open;
    for (const ChargeStretch& stretch : timeline.stretches) {
        if (stretch.key.kind != ChargeKey::Kind::kRecurring) continue;
        const std::vector<Span> due = DuePieces(stretch, billed_to);
        open.insert(open.end(), due.begin(), due.end());
    }
    for (const ChargedLine& line : lines) {
        for (const Span& live : line.billed.LiveSpans()) open = Without(open, live);
    }
    return open;
}

std::vector<ChargedTwice> TimeChargedTwice(const std::vector<ChargedLine>& lines,
                                           Policies::Proration proration) {
    const std::vector<LiveTime> live = LiveTimes(lines);
    std::vector<ChargedTwice> twice;
    for (auto first = live.begin(); first != live.end(); ++first) {
        for (auto next = std::next(first); next != live.end() && next->time.from < first->time.to;
             ++next) {
            const Span both = Intersect(first->time, next->time);
            if (both.IsEmpty() || IsWorthNothing(first->line->billed.line, both, proration) ||
                IsWorthNothing(next->line->billed.line, both, proration))
                continue;
            twice.push_back({first->line, next->line, both});
        }
    }
    return twice;
}

}  // namespace livery::invoices
