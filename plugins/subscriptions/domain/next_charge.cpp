#include "domain/next_charge.h"

#include <algorithm>
#include <vector>

#include <livery/billing/proration.h>

namespace livery::subscriptions {

using billing::BillingMode;
using billing::ChargeKey;
using billing::ChargeStretch;

namespace {

struct Due {
    CivilTime on;
    Span covers;
    Money amount;
    ChargeKey::Kind kind;
};

Money AmountOf(const ChargeStretch& stretch, const Ratio& share, Currency currency) {
    return Product(stretch.key.unit_price, stretch.key.quantity, share, currency);
}

std::optional<Due> OnceOf(const ChargeStretch& stretch, Currency currency, CivilTime now) {
    if (stretch.begins_at <= now || (stretch.to && *stretch.to <= stretch.from))
        return std::nullopt;
    return Due{std::max(stretch.from, stretch.begins_at),
               {stretch.from, stretch.from},
               AmountOf(stretch, {}, currency),
               stretch.key.kind};
}

// The first piece of the stretch that falls due after `now`.
std::optional<Due> PieceOf(const ChargeStretch& stretch, Currency currency,
                           billing::Policies::Proration proration, CivilTime now) {
    const Span whole{stretch.from, stretch.to.value_or(CivilTime::max())};
    const bool in_advance = stretch.mode == BillingMode::kInAdvance;
    CivilTime inside = std::max(now, whole.from);
    if (in_advance && now >= stretch.begins_at)
        inside = stretch.grid.NextOnOrAfter(inside + std::chrono::seconds(1));
    const Span period = stretch.grid.Enclosing(inside);
    const Span piece = Intersect(period, whole);
    if (piece.IsEmpty()) return std::nullopt;
    const CivilTime begins =
        piece.from == stretch.from ? std::max(piece.from, stretch.begins_at) : piece.from;
    const CivilTime on = in_advance ? begins : piece.to;
    if (on <= now) return std::nullopt;
    if (stretch.key.kind == ChargeKey::Kind::kUsage)
        return Due{on, piece, Money(0, currency), stretch.key.kind};
    return Due{on, piece, AmountOf(stretch, billing::ShareOf(piece, period, proration), currency),
               stretch.key.kind};
}

}  // namespace

std::optional<NextCharge> NextChargeOf(const billing::Timeline& timeline,
                                       billing::Policies::Proration proration, CivilTime now) {
    std::vector<Due> dues;
    for (const ChargeStretch& stretch : timeline.stretches) {
        const auto due = stretch.key.kind == ChargeKey::Kind::kOneTime
                             ? OnceOf(stretch, timeline.currency, now)
                             : PieceOf(stretch, timeline.currency, proration, now);
        if (due) dues.push_back(*due);
    }
    const auto first = std::min_element(dues.begin(), dues.end(),
                                        [](const Due& a, const Due& b) { return a.on < b.on; });
    if (first == dues.end()) return std::nullopt;
    NextCharge next{first->on, first->covers, Money(0, timeline.currency)};
    for (const Due& due : dues) {
        if (DayOf(due.on) != DayOf(first->on)) continue;
        next.amount = next.amount + due.amount;
        if (due.kind == ChargeKey::Kind::kRecurring) next.covers = due.covers;
        if (due.kind == ChargeKey::Kind::kUsage) next.with_usage = true;
    }
    return next;
}

}  // namespace livery::subscriptions
