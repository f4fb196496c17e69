#include "app/demo_subscriptions.h"

#include <charconv>

#include <fmt/format.h>

#include <livery/check.h>

namespace livery::subscriptions {

struct DemoSubscriptions::Plan {
    std::string product;
    std::string plan;
    Frequency frequency = Frequency::kMonth;
    Money price;
    int trial_days = 0;
    std::int64_t most = 1;
    bool addon = false;
};

namespace {

std::string Text(const config::Node& node, std::string_view key) {
    const config::Node* found = node.Find(key);
    return found == nullptr ? "" : found->text;
}

std::int64_t Number(const config::Node& node, std::string_view key, std::int64_t otherwise) {
    const std::string text = Text(node, key);
    if (text.empty()) return otherwise;
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    LIVERY_CHECK(error == std::errc{} && end == text.data() + text.size(),
                 fmt::format("demo.yaml: {} is no number", key));
    return value;
}

Date DayOf(Instant instant) { return std::chrono::floor<std::chrono::days>(instant); }

}  // namespace

DemoSubscriptions::Plan DemoSubscriptions::ReadPlan(const config::Node& node,
                                                    const DemoContext& demo) const {
    const auto frequency = FrequencyFrom(Text(node, "frequency"));
    LIVERY_CHECK(frequency.has_value(), "demo.yaml: a plan's frequency is month, quarter or year");
    return {Text(node, "product"),
            Text(node, "plan"),
            *frequency,
            Money(Number(node, "price", 0), demo.tenant.currency),
            static_cast<int>(Number(node, "trial_days", 0)),
            Number(node, "most", 1),
            Text(node, "addon") == "true"};
}

SubscriptionId DemoSubscriptions::Start(DemoContext& demo, const Plan& plan,
                                        const Beginning& beginning) {
    demo.clock.Set(Instant(beginning.on) + std::chrono::hours(8) +
                   std::chrono::minutes(demo.Draw(600)));
    NewSubscription wanted{
        beginning.account,
        beginning.base,
        plan.product,
        plan.plan,
        1 + static_cast<std::int64_t>(demo.Draw(static_cast<std::uint64_t>(plan.most))),
        plan.frequency,
        beginning.site,
        plan.price,
        plan.trial_days,
        0,
        std::nullopt};
    const auto started = desk_.Start(demo.tenant.id, wanted, beginning.on);
    LIVERY_CHECK(started.has_value(), "demo.yaml: a plan cannot be started");
    return *started;
}

// Years of renewals, and here and there what happens in a life: more seats, a pause, an end.
void DemoSubscriptions::Live(DemoContext& demo, SubscriptionId id, Date from, Money price) {
    const TenantId& tenant = demo.tenant.id;
    const Date today = DayOf(demo.now);
    const auto span = static_cast<std::uint64_t>(std::max<std::int64_t>((today - from).count(), 1));
    const Date turn = from + std::chrono::days(demo.Draw(span));
    desk_.PassTime(tenant, id, from, turn);
    demo.clock.Set(Instant(turn) + std::chrono::hours(10));
    const auto change = [&](const SubscriptionDesk::Transition& transition, EventKind kind,
                            const std::string& detail) {
        return desk_.Change(tenant, id, transition, kind, detail).has_value();
    };
    const auto seats = 1 + static_cast<std::int64_t>(demo.Draw(9));
    bool paused = false;
    switch (demo.Draw(9)) {
        case 0:
            change([&](Subscription s) { return ChangeQuantity(std::move(s), seats); },
                   EventKind::kQuantityChanged, std::to_string(seats));
            break;
        case 1:
            change([&](Subscription s) { return ScheduleCancel(std::move(s), turn); },
                   EventKind::kCancelScheduled, "");
            break;
        case 2: {
            const Date on = AddMonths(turn, 1);
            change(
                [&](Subscription s) {
                    return ChangePrice(std::move(s),
                                       Money(price.minor_units() * 11 / 10, price.currency()), on);
                },
                EventKind::kPriceChanged, ToIso(on));
            break;
        }
        case 3:
            paused = (today - turn).count() < 120 &&
                     change([&](Subscription s) { return Pause(std::move(s), turn); },
                            EventKind::kPaused, "");
            break;
        default:
            break;
    }
    if (!paused) desk_.PassTime(tenant, id, turn, today);
    // A few are on their way out right now.
    if (demo.Draw(8) == 0) {
        demo.clock.Set(demo.now - std::chrono::hours(30));
        change(
            [&](Subscription s) { return ScheduleCancel(std::move(s), DayOf(demo.clock.Now())); },
            EventKind::kCancelScheduled, "");
    }
}

void DemoSubscriptions::Generate(DemoContext& demo) {
    const config::Node* plans = demo.script.Find("plans");
    const config::Node* sites = demo.script.Find("sites");
    LIVERY_CHECK(plans != nullptr && sites != nullptr, "demo.yaml needs `plans` and `sites`");
    std::vector<Plan> bases;
    std::vector<Plan> addons;
    for (const config::Node& node : plans->items) {
        Plan plan = ReadPlan(node, demo);
        (plan.addon ? addons : bases).push_back(std::move(plan));
    }
    const Date today = DayOf(demo.now);
    const auto first_has =
        static_cast<std::uint64_t>(Number(demo.script, "first_subscriber_has", 14));
    std::size_t made = 0;
    for (const AccountDirectory::Entry& account : accounts_.List(demo.tenant.id, 0, 1000)) {
        // The first has many, so that lists, pages and filters show what they can.
        const std::uint64_t count = made++ == 0 ? first_has : 1 + demo.Draw(4);
        for (std::uint64_t i = 0; i < count; ++i) {
            const Plan& plan = bases[(made + i) % bases.size()];
            const bool fresh = plan.trial_days > 0 && demo.Draw(3) == 0;
            const Date on =
                today -
                std::chrono::days(fresh ? demo.Draw(static_cast<std::uint64_t>(plan.trial_days))
                                        : 20 + demo.Draw(480));
            const std::string& site = sites->items[demo.Draw(sites->items.size())].text;
            const SubscriptionId base = Start(demo, plan, {account.id, on, site, std::nullopt});
            for (std::uint64_t a = demo.Draw(3); a > 0 && !addons.empty(); --a) {
                const SubscriptionId addon =
                    Start(demo, addons[(a + i) % addons.size()], {account.id, on, site, base});
                desk_.PassTime(demo.tenant.id, addon, on, today);
            }
            Live(demo, base, on, plan.price);
        }
    }
    demo.progress(
        fmt::format("{}: {} subscribers with their subscriptions", demo.tenant.id.value(), made));
}

}  // namespace livery::subscriptions
