#include <algorithm>

#include "show.h"
#include "time/zones.h"

namespace livery::golden {

using subscriptions::Agreement;

namespace {

std::string DayText(CivilTime time) { return ToIso(DayOf(time)); }

std::string_view NameOf(billing::PhaseKind kind) {
    switch (kind) {
        case billing::PhaseKind::kTrial:
            return "trial";
        case billing::PhaseKind::kDiscount:
            return "discount";
        case billing::PhaseKind::kFixedTerm:
            return "fixed_term";
        case billing::PhaseKind::kEvergreen:
            return "evergreen";
    }
    return "";
}

// Up to when the recurring price was charged without a gap, and what was charged less what was
// given back.
std::pair<std::string, Money> ChargedOf(const World& world, const Agreement& agreement) {
    CivilTime through{};
    Money net(0, agreement.currency);
    const auto& books = world.store().state().books;
    const auto book = books.find(agreement.account);
    if (book != books.end()) {
        for (const invoices::BilledLine& billed : book->second.Billed(agreement.id)) {
            net = net + billed.left;
            if (billed.line.kind != invoices::LineKind::kRecurring ||
                billed.left.minor_units() == 0)
                continue;
            CivilTime to = billed.line.covers.to;
            for (const Span& back : billed.given_back) {
                if (back.to == to) to = back.from;
            }
            through = std::max(through, to);
        }
    }
    return {through == CivilTime{} ? "" : DayText(through), net};
}

}  // namespace

Value ShowSubscription(const World& world, const Agreement& agreement) {
    const subscriptions::AgreementView view(agreement, world.catalog());
    const subscriptions::Choice& choice = view.ChoiceAt(world.now());
    Value value = Value::Map();
    value.Put("state", std::string(ToString(view.StateAt(world.now()))));
    value.Put("plan", choice.plan).Put("quantity", choice.quantity.ToString());
    value.Put("started_at", ToIso(agreement.started_at));
    std::string utc = ToIso(time::ToInstant(agreement.started_at, world.tenant().time_zone));
    value.Put("started_at_utc", utc.substr(0, 19) + "Z");
    value.Put("ends_on", view.EndsAt() ? DayText(*view.EndsAt()) : "");
    value.Put("end_reason", std::string(view.EndReason()));
    const auto [through, net] = ChargedOf(world, agreement);
    value.Put("charged_through", through).Put("net_charged", net.ToDecimal());
    Value phases = Value::List();
    for (const subscriptions::DatedPhase& phase : view.PhasesOf(choice)) {
        Value each = Value::Map();
        each.Put("kind", std::string(NameOf(phase.kind))).Put("from", DayText(phase.from));
        each.Put("to", phase.to ? DayText(*phase.to) : "");
        phases.items.push_back(std::move(each));
    }
    value.Put("phases", std::move(phases));
    Value pending = Value::Map();
    const subscriptions::Choice& last = view.LastChoice();
    if (last.from > world.now()) {
        pending.Put("plan", last.plan).Put("quantity", last.quantity.ToString());
        pending.Put("on", DayText(last.from));
    }
    value.Put("pending", std::move(pending));
    return value;
}

}  // namespace livery::golden
