#include "web/subscription_pages.h"

#include <algorithm>
#include <array>

#include "storage/subscription_repository.h"
#include "web/subscription_model.h"

namespace livery::subscriptions {

namespace {

constexpr std::array kFilters{State::kActive, State::kTrial, State::kPaused, State::kPastDue,
                              State::kCancelled};

AccountId AccountOf(const RequestContext& r) { return livery::AccountOf(r.visitor().subject); }

void ShowFilters(const RequestContext& r, const std::optional<State>& chosen, ViewModel& model) {
    auto& rows = model.Rows("filters", kFilters.size() + 1);
    rows.emplace_back()
        .Set("label", r.format().Text("list.all"))
        .Set("href", "/subscriptions")
        .Flag("current", !chosen);
    for (const State state : kFilters) {
        const std::string name(ToString(state));
        rows.emplace_back()
            .Set("label", r.format().Text("state." + name))
            .Set("href", "/subscriptions?state=" + name)
            .Flag("current", chosen == state);
    }
}

}  // namespace

Result<Reply> SubscriptionPages::List(const RequestContext& r) const {
    const std::string filter(r.Query("state"));
    ListQuery query{StateFrom(filter), SubscriptionId::Parse(r.Query("before"))};
    const ListPage page =
        SubscriptionRepository::ListOwned(database_, r.tenant().id, AccountOf(r), query);
    View view{"subscription_list", r.format().Text("list.title"), {}, 200, {}};
    ViewModel& model = view.model;
    auto& rows = model.Rows("rows", page.rows.size());
    for (const Subscription& subscription : page.rows)
        ShowRow(subscription, r.today(), r.format(), rows.emplace_back());
    const std::string keep = query.state ? "state=" + filter + "&" : "";
    model.Flag("has_rows", !page.rows.empty())
        .Flag("is_filtered", query.state.has_value())
        .Set("count", r.format().Text("list.count", {{"count", page.total}}))
        .Flag("has_older", page.next.has_value())
        .Set("older_href",
             page.next ? "/subscriptions?" + keep + "before=" + page.next->ToString() : "")
        .Flag("has_newer", query.before.has_value())
        .Set("newer_href", "/subscriptions" + (query.state ? "?state=" + filter : ""));
    ShowFilters(r, query.state, model);
    return view;
}

Result<Reply> SubscriptionPages::Show(const RequestContext& r) const {
    const SubscriptionId id = LIVERY_TRY(r.PathId<SubscriptionId>("id"));
    const auto bundle =
        SubscriptionRepository::FindBundleOwned(database_, r.tenant().id, AccountOf(r), id);
    const auto found = std::find_if(bundle.begin(), bundle.end(),
                                    [&](const Subscription& s) { return s.id == id; });
    if (found == bundle.end()) return NotFound("not there, or not theirs");
    const auto events = SubscriptionRepository::ListEvents(database_, r.tenant().id, id);
    View view{"subscription", found->product, {}, 200, {}};
    ShowDetail({*found, bundle, events}, r.today(), r.format(), view.model);
    return view;
}

void SubscriptionOverview::Contribute(const RequestContext& r, Overview& overview) {
    const ListPage page = SubscriptionRepository::ListOwned(database_, r.tenant().id, AccountOf(r),
                                                            {std::nullopt, std::nullopt, 200});
    const Formatter& t = r.format();
    overview.all_items_href = "/subscriptions";
    for (const Subscription& s : page.rows) {
        if (s.IsOver()) continue;
        const std::string href = PathOf(s);
        const auto next = NextChargeOf(s, r.today());
        if (!s.base)
            overview.items.push_back({s.product, s.plan + (s.site.empty() ? "" : " · " + s.site),
                                      std::string(ToString(ShownStateOf(s))),
                                      PriceTextOf(s, r.today(), t), NextTextOf(s, r.today(), t),
                                      href});
        if (next && next->amount.minor_units() > 0)
            overview.charges.push_back({next->on, next->amount, s.product, href});
        if (s.ends_on) {
            overview.upcoming.push_back(
                {*s.ends_on, s.product, t.Text("upcoming.ends"), "ban", href});
        } else if (next) {
            const char* key = s.state == State::kTrial ? "upcoming.trial_ends" : "upcoming.renews";
            const std::string amount = t.Amount(next->amount);
            overview.upcoming.push_back({next->on, s.product, t.Text(key, {{"amount", amount}}),
                                         s.state == State::kTrial ? "hourglass" : "refresh-cw",
                                         href});
        }
    }
}

}  // namespace livery::subscriptions
