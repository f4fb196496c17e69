#include "domain/charged_once.h"

#include "domain/charged_time.h"
#include "domain/span_list.h"

namespace livery::invoices {

namespace {

bool IsCharge(const Line& line) { return line.kind == LineKind::kRecurring; }

// The line as it will be, with what this run gives back of it.
BilledLine After(const BilledLine& billed, const std::vector<Line>& due) {
    BilledLine rest = billed;
    for (const Line& line : due) {
        if (line.corrects == billed.line.id) rest.Give(line);
    }
    return rest;
}

}  // namespace

std::optional<Span> ChargedTwice(const ChargingInput& input, const std::vector<Line>& due) {
    for (const BilledLine& billed : input.billed) {
        if (!IsCharge(billed.line) || billed.is_written_off) continue;
        const BilledLine rest = After(billed, due);
        if (rest.left.minor_units() <= 0) continue;
        for (const Span& live : rest.LiveSpans()) {
            for (const Line& line : due) {
                const Span both = Intersect(live, line.covers);
                if (!IsCharge(line) || both.IsEmpty()) continue;
                if (!IsWorthNothing(rest.line, both, input.policies.proration)) return both;
            }
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
            if (IsCharge(billed.line)) before = Without(before, billed.line.covers);
        }
        unknown.insert(unknown.end(), before.begin(), before.end());
    }
    return unknown;
}

}  // namespace livery::invoices
