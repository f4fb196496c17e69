#include "app/demo_lives.h"

#include <charconv>

#include <fmt/format.h>

#include <livery/check.h>

namespace livery::subscriptions {

namespace {

using std::chrono::days;
using std::chrono::minutes;

std::uint64_t Number(const config::Node& node, std::string_view key, std::uint64_t otherwise) {
    const config::Node* found = node.Find(key);
    if (found == nullptr) return otherwise;
    const std::string& text = found->text;
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    LIVERY_CHECK(error == std::errc{} && end == text.data() + text.size(),
                 fmt::format("demo.yaml: {} is no number", key));
    return value;
}

int TrialDaysOf(const billing::Plan& plan) {
    const billing::Phase& first = plan.versions.front().phases.front();
    const bool trial = first.kind == billing::PhaseKind::kTrial && first.length;
    return trial && first.length->unit == Length::Unit::kDay ? first.length->count : 0;
}

}  // namespace

CivilTime DemoLives::Civil(const DemoContext& demo) const {
    return doors_.time.ToCivil(demo.tenant, demo.clock.Now());
}

DemoLives::Shelf DemoLives::Read(const DemoContext& demo) const {
    const config::Node* plans = demo.script.Find("plans");
    LIVERY_CHECK(plans != nullptr, "demo.yaml needs `plans`");
    const auto catalog = doors_.catalogs.Of(demo.tenant.id);
    Shelf shelf;
    for (const config::Node& node : plans->items) {
        const config::Node* id = node.Find("plan");
        const billing::Plan* plan = id == nullptr ? nullptr : catalog->FindPlan(id->text);
        LIVERY_CHECK(plan != nullptr, "demo.yaml: a plan is not in the catalog");
        const bool addon = catalog->ProductOf(*plan).IsAddon();
        (addon ? shelf.addons : shelf.bases)
            .push_back({plan->id, Number(node, "most", 1), addon, TrialDaysOf(*plan)});
    }
    LIVERY_CHECK(!shelf.bases.empty(), "demo.yaml: there is no plan but add-ons");
    return shelf;
}

std::vector<std::string> DemoLives::SitesOf(const DemoContext& demo, AccountId account) const {
    std::vector<std::string> sites;
    doors_.database.Transact(demo.tenant.id, [&](db::Transaction& tx) {
        sites.clear();
        const auto profile = doors_.profiles.Of(tx, account);
        if (!profile) return;
        for (const auto& [label, place] : profile->sites) sites.push_back(label);
    });
    return sites;
}

std::optional<SubscriptionId> DemoLives::Begin(DemoContext& demo, AccountId account,
                                               const Plan& plan,
                                               const SubscriptionRequest& wanted) {
    SubscriptionRequest request = wanted;
    request.plan = plan.id;
    request.quantity = Decimal(static_cast<std::int64_t>(1 + demo.Draw(plan.most)));
    std::optional<SubscriptionId> begun;
    doors_.database.Transact(demo.tenant.id, [&](db::Transaction& tx) {
        const auto made = doors_.desk.Subscribe(tx, account, request, Civil(demo));
        LIVERY_CHECK(made || plan.is_addon, "demo.yaml: a plan cannot be subscribed to");
        begun = made ? std::optional(*made) : std::nullopt;
    });
    return begun;
}

// Here and there what happens in a life: more seats, a pause, an end.
void DemoLives::Live(DemoContext& demo, AccountId account, SubscriptionId id, Instant from) {
    const auto span = std::max<std::int64_t>((demo.now - from) / days(1), 1);
    const auto passed = demo.Draw(static_cast<std::uint64_t>(span));
    const Decimal seats(static_cast<std::int64_t>(1 + demo.Draw(9)));
    const std::uint64_t what = demo.Draw(9);
    const bool leaving = demo.Draw(8) == 0;
    const auto change = [&](Instant at, const AgreementDesk::Transition& transition) {
        demo.clock.Set(at);
        doors_.database.Transact(demo.tenant.id, [&](db::Transaction& tx) {
            // What cannot be done to this one does not happen to it.
            const auto done = doors_.desk.Change(tx, account, id, transition);
            static_cast<void>(done);
        });
    };
    const auto cancel = [&](Agreement agreement, const billing::Catalog& catalog) {
        return Cancel(std::move(agreement), catalog,
                      {Ending::When::kEndOfTerm, std::nullopt, "", Civil(demo)});
    };
    const Instant then = from + days(passed) + std::chrono::hours(2);
    if (what == 0) {
        change(then, [&](Agreement agreement, const billing::Catalog& catalog) {
            return ChangeQuantity(std::move(agreement), catalog, seats, Civil(demo));
        });
    } else if (what == 1) {
        change(then, cancel);
    } else if (what == 2) {
        change(demo.now - days(std::min<std::int64_t>(span - 1, 40)),
               [&](Agreement agreement, const billing::Catalog& catalog) {
                   return PauseFrom(std::move(agreement), catalog, {Civil(demo), std::nullopt},
                                    Civil(demo));
               });
    }
    // A few are on their way out right now.
    if (leaving) change(demo.now - std::chrono::hours(1), cancel);
}

void DemoLives::Equip(DemoContext& demo, AccountId account, const Shelf& shelf, std::size_t turn) {
    const auto sites = SitesOf(demo, account);
    const std::uint64_t first_has = Number(demo.script, "first_subscriber_has", 14);
    // The first has many, so that lists, pages and filters show what they can.
    const std::uint64_t count = turn == 1 ? first_has : 1 + demo.Draw(4);
    for (std::uint64_t i = 0; i < count; ++i) {
        const Plan& plan = shelf.bases[(turn + i) % shelf.bases.size()];
        const bool fresh = plan.trial_days > 0 && demo.Draw(3) == 0;
        const std::uint64_t ago =
            fresh ? 1 + demo.Draw(static_cast<std::uint64_t>(plan.trial_days - 1))
                  : 20 + demo.Draw(480);
        const Instant from = demo.now - days(ago) + minutes(480 + demo.Draw(600));
        SubscriptionRequest wanted{"", Decimal(1), demo.tenant.currency, "", {}, {}};
        if (!sites.empty()) wanted.site = sites[demo.Draw(sites.size())];
        demo.clock.Set(from);
        const auto base = Begin(demo, account, plan, wanted);
        wanted.base = base;
        for (std::uint64_t a = demo.Draw(3); a > 0 && !shelf.addons.empty(); --a) {
            demo.clock.Set(demo.clock.Now() + minutes(1));
            Begin(demo, account, shelf.addons[(a + i) % shelf.addons.size()], wanted);
        }
        Live(demo, account, *base, demo.clock.Now());
    }
}

void DemoLives::Generate(DemoContext& demo) {
    const Shelf shelf = Read(demo);
    std::size_t made = 0;
    for (const AccountDirectory::Entry& account : doors_.accounts.List(demo.tenant.id, 0, 1000))
        Equip(demo, account.id, shelf, ++made);
    demo.progress(
        fmt::format("{}: {} subscribers with their subscriptions", demo.tenant.id.value(), made));
}

}  // namespace livery::subscriptions
