#include "web/home_page.h"

#include <algorithm>

namespace livery::accounts {

namespace {

// The next day on which money is due, and all that is due on it (one currency per account).
void ShowNextCharge(const Overview& overview, const Formatter& t, ViewModel& model) {
    const auto& charges = overview.charges;
    model.Flag("has_charge", !charges.empty())
        .Set("charge_amount", "")
        .Set("charge_date", "")
        .Set("charge_what", "")
        .Set("charge_href", "");
    if (charges.empty()) return;
    const auto earlier = [](const auto& a, const auto& b) { return a.on < b.on; };
    const auto first = *std::min_element(charges.begin(), charges.end(), earlier);
    Money total = first.amount;
    std::int64_t others = -1;
    for (const Overview::Charge& charge : charges) {
        if (charge.on != first.on || charge.amount.currency() != total.currency()) continue;
        if (++others > 0) total = total + charge.amount;
    }
    if (others == 0) total = first.amount;
    model.Set("charge_amount", t.Amount(total))
        .Set("charge_date", t.Day(first.on, Formatter::DateStyle::kLong));
    model.Set("charge_what",
              others == 0 ? first.what
                          : t.Text("home.charge_what", {{"what", first.what}, {"others", others}}));
    model.Set("charge_href", first.href);
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
            .Set("state_label", t.Text("state." + item.state));
    }
}

void ShowUpcoming(Overview& overview, const Formatter& t, ViewModel& model) {
    constexpr std::size_t kShown = 5;
    std::stable_sort(overview.upcoming.begin(), overview.upcoming.end(),
                     [](const auto& a, const auto& b) { return a.on < b.on; });
    model.Flag("has_upcoming", !overview.upcoming.empty());
    auto& rows = model.Rows("upcoming", kShown);
    for (std::size_t i = 0; i < std::min(overview.upcoming.size(), kShown); ++i) {
        const Overview::Upcoming& event = overview.upcoming[i];
        rows.emplace_back()
            .Set("date", t.Day(event.on))
            .Set("text", event.text)
            .Set("icon", event.icon)
            .Set("href", event.href);
    }
}

}  // namespace

Result<Reply> HomePage::Show(const RequestContext& r) const {
    Overview overview;
    for (const OwnedOverviewSource& owned : sources_) {
        if (r.tenant().Enables(owned.plugin)) owned.source->Contribute(r, overview);
    }
    const Formatter& t = r.format();
    const std::string& name = r.visitor().display_name;
    View view{"home", t.Text("home.title"), {}, 200, {}};
    view.model.Set("greeting", t.Text("home.greeting", {{"name", name.substr(0, name.find(' '))}}));
    view.model.Set("today", t.Day(r.today(), Formatter::DateStyle::kLong));
    ShowNextCharge(overview, t, view.model);
    ShowItems(overview, t, view.model);
    ShowUpcoming(overview, t, view.model);
    return view;
}

}  // namespace livery::accounts
