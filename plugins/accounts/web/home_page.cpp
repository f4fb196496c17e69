#include "web/home_page.h"

#include <algorithm>

namespace livery::accounts {

namespace {

// The next day on which money is due, all that is due on it (one currency per account), and what
// it is made of.
void ShowNextCharge(const Overview& overview, const Formatter& t, ViewModel& model) {
    constexpr std::size_t kShown = 4;
    const auto& charges = overview.charges;
    model.Flag("has_charge", !charges.empty()).Set("charge_amount", "").Set("charge_date", "");
    auto& parts = model.Rows("charge_parts", kShown);
    std::int64_t more = 0;
    if (!charges.empty()) {
        const auto earlier = [](const auto& a, const auto& b) { return a.on < b.on; };
        const auto& first = *std::min_element(charges.begin(), charges.end(), earlier);
        Money total(0, first.amount.currency());
        for (const Overview::Charge& charge : charges) {
            if (charge.on != first.on || charge.amount.currency() != total.currency()) continue;
            total = total + charge.amount;
            if (parts.size() == kShown) {
                ++more;
                continue;
            }
            parts.emplace_back()
                .Set("what", charge.what)
                .Set("amount", t.Amount(charge.amount))
                .Set("href", charge.href);
        }
        model.Set("charge_amount", t.Amount(total))
            .Set("charge_date", t.Day(first.on, Formatter::DateStyle::kLong));
    }
    model.Flag("has_more_parts", more > 0)
        .Set("more_parts", t.Text("home.more_parts", {{"count", more}}));
}

// What is ahead on a day that is over did not happen: it is owed.
bool IsOverdue(const Overview& overview, Date today) {
    return std::any_of(overview.upcoming.begin(), overview.upcoming.end(),
                       [&](const Overview::Upcoming& one) { return one.on < today; });
}

void ShowItems(const Overview& overview, const Formatter& t, ViewModel& model) {
    constexpr std::size_t kShown = 5;
    const std::size_t count = overview.items.size();
    model.Flag("has_items", count > 0)
        .Set("items_count",
             t.Text("home.items_count", {{"count", static_cast<std::int64_t>(count)}}));
    model.Flag("has_more_items", count > kShown).Set("items_href", overview.all_items_href);
    auto& rows = model.Rows("items", kShown);
    for (std::size_t i = 0; i < std::min(count, kShown); ++i) {
        const Overview::Item& item = overview.items[i];
        rows.emplace_back()
            .Set("title", item.title)
            .Set("subtitle", item.subtitle)
            .Set("href", item.href)
            .Set("state", item.state)
            .Set("price", item.price)
            .Set("next", item.next)
            .Set("state_label", t.Text("state." + item.state));
    }
}

void ShowUpcoming(Overview& overview, const Formatter& t, ViewModel& model) {
    constexpr std::size_t kShown = 5;
    auto& events = overview.upcoming;
    std::stable_sort(events.begin(), events.end(),
                     [](const auto& a, const auto& b) { return a.on < b.on; });
    model.Flag("has_upcoming", !events.empty());
    auto& days = model.Rows("days", kShown);
    std::vector<ViewModel>* entries = nullptr;
    for (std::size_t i = 0; i < std::min(events.size(), kShown); ++i) {
        if (i == 0 || events[i].on != events[i - 1].on) {
            ViewModel& day = days.emplace_back();
            entries = &day.Set("date", t.Day(events[i].on)).Rows("entries", kShown - i);
        }
        entries->emplace_back()
            .Set("what", events[i].what)
            .Set("happens", events[i].happens)
            .Set("icon", events[i].icon)
            .Set("href", events[i].href);
    }
}

}  // namespace

Result<Reply> HomePage::Show(const RequestContext& r) const {
    Overview overview;
    for (const OwnedOverviewSource& owned : sources_) {
        if (!r.tenant().Enables(owned.plugin)) continue;
        const auto format = r.FormatterOf(owned.plugin);
        owned.source->Contribute(r.With(*format), overview);
    }
    const Formatter& t = r.format();
    const std::string& name = r.visitor().display_name;
    View view{"home", t.Text("home.title"), {}, 200, {}};
    view.model.Set("greeting", t.Text("home.greeting", {{"name", name.substr(0, name.find(' '))}}));
    view.model.Set("today", t.Day(r.today(), Formatter::DateStyle::kLong));
    ShowNextCharge(overview, t, view.model);
    view.model.Set("no_charge", t.Text(IsOverdue(overview, r.today()) ? "home.no_new_charge"
                                                                      : "home.no_charge"));
    ShowItems(overview, t, view.model);
    ShowUpcoming(overview, t, view.model);
    return view;
}

}  // namespace livery::accounts
