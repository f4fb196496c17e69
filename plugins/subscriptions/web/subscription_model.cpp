#include "web/subscription_model.h"

namespace livery::subscriptions {

namespace {

std::string PriceText(const Formatter& t, Money amount, Frequency frequency) {
    if (amount.minor_units() == 0) return t.Text("price.free");
    const std::string price = t.Amount(amount);
    return t.Text("price." + std::string(ToString(frequency)), {{"amount", price}});
}

// What it costs now: the phase of today, else the first to come.
Money PriceNow(const Subscription& subscription, Date today) {
    const Phase* phase = PhaseAt(subscription, today);
    return (phase == nullptr ? subscription.phases.front() : *phase).unit_price;
}

std::optional<std::string> EndText(const Subscription& s, const Formatter& t) {
    if (!s.ends_on || s.IsOver()) return std::nullopt;
    return t.Text("next.ends", {{"date", t.Day(*s.ends_on)}});
}

// Below the heading "next charge".
std::string NextCell(const Subscription& s, Date today, const Formatter& t) {
    if (const auto end = EndText(s, t)) return *end;
    const auto next = NextChargeOf(s, today);
    return next ? t.Day(next->on) : "—";
}

void ShowPhases(const Subscription& s, Date today, const Formatter& t, ViewModel& model) {
    auto& rows = model.Rows("phases", s.phases.size());
    for (const Phase& phase : s.phases) {
        const bool past = phase.to && *phase.to <= today;
        const std::string to = phase.to ? t.Day(*phase.to - std::chrono::days(1)) : "";
        rows.emplace_back()
            .Set("name", t.Text("phase." + std::string(ToString(phase.kind))))
            .Set("dates", phase.to
                              ? t.Text("phase.from_to", {{"from", t.Day(phase.from)}, {"to", to}})
                              : t.Text("phase.from", {{"from", t.Day(phase.from)}}))
            .Set("price", PriceText(t, phase.unit_price, s.frequency))
            .Flag("past", past)
            .Flag("current", !past && phase.from <= today);
    }
}

void ShowHistory(const std::vector<Event>& events, const Formatter& t, ViewModel& model) {
    model.Flag("has_history", !events.empty());
    auto& rows = model.Rows("history", events.size());
    for (const Event& event : events) {
        const auto date = ParseDate(event.detail);  // a date reads as the person's locale has it
        const std::string detail = date ? t.Day(*date) : event.detail;
        rows.emplace_back()
            .Set("date", t.Day(t.DayOf(event.at)))
            .Set("text",
                 t.Text("event." + std::string(ToString(event.kind)), {{"detail", detail}}));
    }
}

void ShowBundle(const Subscription& s, const std::vector<Subscription>& bundle, Date today,
                const Formatter& t, ViewModel& model) {
    model.Flag("has_base", false).Set("base_name", "").Set("base_href", "");
    auto& rows = model.Rows("addons", bundle.size());
    for (const Subscription& other : bundle) {
        if (s.base == other.id)
            model.Flag("has_base", true)
                .Set("base_name", other.product)
                .Set("base_href", PathOf(other));
        if (other.base == s.id) ShowRow(other, today, t, rows.emplace_back());
    }
    model.Flag("has_addons", !rows.empty());
}

}  // namespace

std::string PriceTextOf(const Subscription& s, Date today, const Formatter& t) {
    return PriceText(t, PriceNow(s, today) * s.quantity, s.frequency);
}

std::string NextTextOf(const Subscription& s, Date today, const Formatter& t) {
    if (const auto end = EndText(s, t)) return *end;
    const auto next = NextChargeOf(s, today);
    return next ? t.Text("next.charge", {{"date", t.Day(next->on)}}) : "";
}

std::string PathOf(const Subscription& subscription) {
    return "/subscriptions/" + subscription.id.ToString();
}

void ShowRow(const Subscription& s, Date today, const Formatter& t, ViewModel& row) {
    const std::string state(ToString(ShownStateOf(s)));
    row.Set("product", s.product)
        .Set("plan", s.plan)
        .Set("href", PathOf(s))
        .Set("state", state)
        .Set("state_label", t.Text("state." + state))
        .Set("quantity", t.Number(s.quantity))
        .Set("price", PriceTextOf(s, today, t))
        .Set("next", NextCell(s, today, t))
        .Set("site", s.site)
        .Flag("has_site", !s.site.empty())
        .Flag("is_addon", s.base.has_value());
}

void ShowDetail(const Detail& detail, Date today, const Formatter& t, ViewModel& model) {
    const Subscription& s = detail.subscription;
    ShowRow(s, today, t, model);
    const auto next = NextChargeOf(s, today);
    const auto through = ChargedThrough(s, today);
    model.Set("unit_price", PriceText(t, PriceNow(s, today), s.frequency))
        .Flag("has_next", next.has_value())
        .Set("next_amount", next ? t.Amount(next->amount) : "")
        .Set("next_date", next ? t.Day(next->on, Formatter::DateStyle::kLong) : "")
        .Set("next_covers",
             next ? t.Text("phase.from_to", {{"from", t.Day(next->covers.from)},
                                             {"to", t.Day(next->covers.to - std::chrono::days(1))}})
                  : "")
        .Flag("has_end", s.ends_on.has_value())
        .Set("end_date", s.ends_on ? t.Day(*s.ends_on, Formatter::DateStyle::kLong) : "")
        .Set("charged_through", through ? t.Day(*through - std::chrono::days(1)) : "—")
        .Set("started_on", t.Day(s.started_on))
        .Set("billing_day",
             next ? t.Number(static_cast<unsigned>(std::chrono::year_month_day(next->on).day()))
                  : "—")
        .Set("id_text", s.id.ToString());
    ShowPhases(s, today, t, model);
    ShowBundle(s, detail.bundle, today, t, model);
    ShowHistory(detail.events, t, model);
}

}  // namespace livery::subscriptions
