#include "web/subscription_pages.h"

#include <algorithm>
#include <array>

#include "domain/agreement_list.h"
#include "domain/bundle.h"
#include "storage/agreement_repository.h"
#include "web/subscription_model.h"

namespace livery::subscriptions {

namespace {

using State = AgreementState;
constexpr std::array kFilters{State::kActive,     State::kTrial,     State::kPaused,
                              State::kCancelling, State::kCancelled, State::kExpired,
                              State::kPending};

std::optional<State> StateFrom(std::string_view text) {
    for (const State state : kFilters) {
        if (ToString(state) == text) return state;
    }
    return std::nullopt;
}

std::vector<Agreement> AgreementsOf(const RequestContext& r, const PageSources& sources,
                                    const billing::Catalog& catalog) {
    return WithBases(AgreementRepository::ListOwned(sources.database, r.tenant().id, AccountOf(r)),
                     catalog);
}

// What the list shows. `agreements` holds those of the page, or all where they had to be read to
// know their state.
struct OwnList {
    std::vector<Agreement> agreements;
    ListPage page;  // points into them
};

OwnList OwnListOf(const RequestContext& r, const PageSources& sources,
                  const billing::Catalog& catalog, const ListQuery& query, CivilTime now) {
    const auto owned =
        AgreementRepository::ReadOwned(sources.database, r.tenant().id, AccountOf(r));
    OwnList list;
    if (query.state) {
        list.agreements = WithBases(owned.All(), catalog);
        list.page = PageOf(list.agreements, catalog, query, now);
        return list;
    }
    const auto members = owned.Members();
    const ListCut cut = CutToPage(members, query);
    // Bundles are whole, so whoever is on the page has its base on it.
    for (const std::size_t place : cut.places) list.agreements.push_back(owned.At(place));
    list.agreements = WithBases(std::move(list.agreements), catalog);
    list.page.total = static_cast<std::int64_t>(members.size());
    list.page.next = cut.next;
    for (const Agreement& agreement : list.agreements) list.page.rows.push_back(&agreement);
    return list;
}

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

void ShowPager(const ListPage& page, const ListQuery& query, ViewModel& model) {
    const std::string filter = query.state ? "state=" + std::string(ToString(*query.state)) : "";
    const std::string keep = filter.empty() ? "" : filter + "&";
    model.Flag("has_older", page.next.has_value())
        .Set("older_href",
             page.next ? "/subscriptions?" + keep + "before=" + page.next->ToString() : "")
        .Flag("has_newer", query.before.has_value())
        .Set("newer_href", "/subscriptions" + (filter.empty() ? "" : "?" + filter));
}

}  // namespace

Result<Reply> SubscriptionPages::List(const RequestContext& r) const {
    const ListQuery query{StateFrom(r.Query("state")), SubscriptionId::Parse(r.Query("before"))};
    const auto catalog = sources_.catalogs.Of(r.tenant().id);
    const CivilTime now = sources_.time.CivilNow(r.tenant());
    const OwnList list = OwnListOf(r, sources_, *catalog, query, now);
    const ListPage& page = list.page;
    View view{"subscription_list", r.format().Text("list.title"), {}, 200, {}};
    ViewModel& model = view.model;
    auto& rows = model.Rows("rows", page.rows.size());
    for (const Agreement* agreement : page.rows)
        ShowRow(AgreementWords(*agreement, *catalog, now, r.format()), rows.emplace_back());
    model.Flag("has_rows", !page.rows.empty())
        .Flag("is_filtered", query.state.has_value())
        .Set("count", r.format().Text("list.count", {{"count", page.total}}));
    ShowPager(page, query, model);
    ShowFilters(r, query.state, model);
    return view;
}

std::optional<SubscriptionBilling::Facts> SubscriptionPages::BillingOf(const RequestContext& r,
                                                                       SubscriptionId id) const {
    if (!billing_ || !r.tenant().Enables("invoices")) return std::nullopt;
    return billing_->Of(r.tenant().id, AccountOf(r), id);
}

std::optional<AgreementChoices> SubscriptionPages::ChoicesFor(const RequestContext& r,
                                                              const Agreement& agreement,
                                                              const billing::Catalog& catalog,
                                                              CivilTime now) const {
    if (!r.tenant().Enables("orders")) return std::nullopt;
    std::optional<AgreementChoices> choices;
    sources_.database.Transact(r.tenant().id, [&](db::Transaction& tx) {
        const auto profile = sources_.profiles.Of(tx, agreement.account);
        if (!profile) return;
        choices =
            ChoicesOf(agreement, catalog, {profile->account_class, profile->billing_day}, now);
    });
    return choices;
}

Result<Reply> SubscriptionPages::Show(const RequestContext& r) const {
    const SubscriptionId id = LIVERY_TRY(r.PathId<SubscriptionId>("id"));
    const auto catalog = sources_.catalogs.Of(r.tenant().id);
    const auto agreements = AgreementsOf(r, sources_, *catalog);
    const auto found = std::find_if(agreements.begin(), agreements.end(),
                                    [&](const Agreement& agreement) { return agreement.id == id; });
    if (found == agreements.end()) return NotFound("not there, or not theirs");
    const CivilTime now = sources_.time.CivilNow(r.tenant());
    const AgreementWords words(*found, *catalog, now, r.format());
    View view{"subscription", words.Product(), {}, 200, {}};
    ShowDetail({words, agreements, BillingOf(r, id), ChoicesFor(r, *found, *catalog, now)},
               view.model);
    ShowHelp(help_, r, "subscription", id, view.model);
    return view;
}

namespace {

void AddUpcoming(const AgreementWords& words, Overview& overview) {
    const Formatter& t = words.format();
    const std::string product = words.Product();
    if (const auto end = words.EndsAt()) {
        overview.upcoming.push_back(
            {DayOf(*end), product, t.Text("upcoming.ends"), "ban", words.Path()});
        return;
    }
    const auto next = words.NextDue();
    if (!next) return;
    std::string key = words.IsTrial() ? "upcoming.trial_ends" : "upcoming.renews";
    if (next->IsUsageAlone()) key += "_usage";
    const std::string amount = t.Amount(next->amount);
    overview.upcoming.push_back({DayOf(next->on), product, t.Text(key, {{"amount", amount}}),
                                 words.IsTrial() ? "hourglass" : "refresh-cw", words.Path()});
}

}  // namespace

void SubscriptionOverview::Contribute(const RequestContext& r, Overview& overview) {
    const auto catalog = sources_.catalogs.Of(r.tenant().id);
    const auto agreements = AgreementsOf(r, sources_, *catalog);
    const CivilTime now = sources_.time.CivilNow(r.tenant());
    const ListPage page = PageOf(agreements, *catalog, {std::nullopt, std::nullopt, 200}, now);
    overview.all_items_href = "/subscriptions";
    for (const Agreement* agreement : page.rows) {
        const AgreementWords words(*agreement, *catalog, now, r.format());
        if (words.IsOver()) continue;
        if (!agreement->base) {
            const std::string site = agreement->site.empty() ? "" : " · " + agreement->site;
            overview.items.push_back({words.Product(), words.Plan() + site, words.State(),
                                      words.Price(), words.Next(), words.Path()});
        }
        const auto next = words.NextDue();
        if (next && next->amount.minor_units() > 0)
            overview.charges.push_back(
                {DayOf(next->on), next->amount, words.Product(), words.Path()});
        AddUpcoming(words, overview);
    }
}

}  // namespace livery::subscriptions
