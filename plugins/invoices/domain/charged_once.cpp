#include "domain/charged_once.h"

#include "domain/charged_time.h"
#include "domain/span_list.h"

namespace livery::invoices {

namespace {

bool IsCharge(const Line& line) { return line.kind == LineKind::kRecurring; }

// What corrects a line that ends before the last run's day need not be loaded (charging.h).
bool IsKnown(const BilledLine& billed, const std::optional<CivilTime>& settled) {
    return IsCharge(billed.line) && (!settled || DayOf(*settled) <= billed.line.period.to);
}

// Where a line keeps money for a part of `time`.
std::optional<Span> TakenBy(const BilledLine& billed, const Span& time,
                            billing::Policies::Proration proration) {
    if (billed.is_written_off || billed.left.minor_units() <= 0) return std::nullopt;
    for (const Span& live : billed.LiveSpans()) {
        const Span both = Intersect(live, time);
        if (!both.IsEmpty() && !IsWorthNothing(billed.line, both, proration)) return both;
    }
    return std::nullopt;
}

// The line as it will be, with what this run gives back of it.
BilledLine After(const BilledLine& billed, const std::vector<Line>& due) {
    BilledLine rest = billed;
    for (const Line& line : due) {
        if (line.corrects == billed.line.id) rest.Give(line);
    }
    return rest;
}

}  // namespace

std::optional<Span> ChargedAgain(const ChargingInput& input, const std::vector<Line>& due) {
    for (const BilledLine& billed : input.billed) {
        if (!IsKnown(billed, input.settled)) continue;
        const BilledLine rest = After(billed, due);
        for (const Line& line : due) {
            if (!IsCharge(line)) continue;
            if (const auto both = TakenBy(rest, line.covers, input.policies.proration)) return both;
        }
    }
    for (std::size_t i = 0; i < due.size(); ++i) {
        for (std::size_t j = i + 1; j < due.size(); ++j) {
            const Span both = Intersect(due[i].covers, due[j].covers);
            if (IsCharge(due[i]) && IsCharge(due[j]) && !both.IsEmpty()) return both;
        }
    }
    return std::nullopt;
}

std::vector<Span> BeforeWhatIsKnown(const ChargingInput& input, const std::vector<Line>& due) {
    std::vector<Span> unknown;
    if (!input.settled) return unknown;
    const CivilTime day = DayOf(*input.settled);
    for (const Line& line : due) {
        if (!IsCharge(line) || day <= line.covers.from) continue;
        std::vector<Span> before{{line.covers.from, std::min(line.covers.to, day)}};
        for (const BilledLine& billed : input.billed) {
            if (IsKnown(billed, input.settled)) before = Without(before, billed.line.covers);
        }
        unknown.insert(unknown.end(), before.begin(), before.end());
    }
    return unknown;
}

std::optional<Span> TakenOf(const std::vector<BilledLine>& billed, const Span& time,
                            billing::Policies::Proration proration) {
    for (const BilledLine& each : billed) {
        if (!IsCharge(each.line)) continue;
        if (const auto taken = TakenBy(each, time, proration)) return taken;
    }
    return std::nullopt;
}

}  // namespace livery::invoices
