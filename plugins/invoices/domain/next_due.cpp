#include "domain/next_due.h"

#include <algorithm>

namespace livery::invoices {

namespace {

void Take(std::optional<CivilTime>& next, CivilTime candidate, CivilTime after) {
    if (candidate <= after) return;
    next = next ? std::min(*next, candidate) : candidate;
}

}  // namespace

std::optional<CivilTime> NextDue(const billing::Timeline& timeline, CivilTime after) {
    std::optional<CivilTime> next;
    for (const billing::ChargeStretch& stretch : timeline.stretches) {
        Take(next, std::max(stretch.from, stretch.begins_at), after);
        if (stretch.to) Take(next, *stretch.to, after);
        if (stretch.key.kind == billing::ChargeKey::Kind::kOneTime) continue;
        const CivilTime since = std::max(after + std::chrono::seconds(1), stretch.from);
        const CivilTime period = stretch.grid.NextOnOrAfter(since);
        if (!stretch.to || period < *stretch.to) Take(next, period, after);
    }
    return next;
}

}  // namespace livery::invoices
