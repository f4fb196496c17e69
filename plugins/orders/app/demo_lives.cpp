#include "app/demo_lives.h"

#include <charconv>
#include <map>

#include <fmt/format.h>

#include <livery/check.h>
#include <livery/db/attempt.h>

namespace livery::orders {

namespace {

using std::chrono::days;

struct Ware {
    std::string plan;
    std::uint64_t most = 1;
};

std::uint64_t Number(const config::Node& node, std::string_view key, std::uint64_t otherwise) {
    const config::Node* found = node.Find(key);
    if (found == nullptr) return otherwise;
    std::uint64_t value = 0;
    const std::string& text = found->text;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    LIVERY_CHECK(error == std::errc{} && end == text.data() + text.size(),
                 fmt::format("demo.yaml: {} is no number", key));
    return value;
}

// One tenant's past, lived from its first day to the present.
class Past {
 public:
    Past(const DemoLives::Parts& parts, DemoContext& demo)
        : parts_(parts),
          demo_(demo),
          catalog_(parts.catalogs.Of(demo.tenant.id)),
          end_(parts.time.ToCivil(demo.tenant, demo.now)) {}

    void ReadWares() {
        const config::Node* plans = demo_.script.Find("plans");
        LIVERY_CHECK(plans != nullptr, "demo.yaml needs `plans`");
        for (const config::Node& node : plans->items) {
            const config::Node* name = node.Find("plan");
            LIVERY_CHECK(name != nullptr, "demo.yaml: a plan needs `plan`");
            const billing::Plan* plan = catalog_->FindPlan(name->text);
            LIVERY_CHECK(plan != nullptr, "demo.yaml: the catalog has no plan " + name->text);
            (catalog_->ProductOf(*plan).IsAddon() ? addons_ : bases_)
                .push_back({plan->id, Number(node, "most", 1)});
        }
    }

    // The first account has many subscriptions and pays, so that its pages show what they can.
    void PlanLifeOf(AccountId account, bool first) {
        const std::uint64_t count =
            first ? Number(demo_.script, "first_subscriber_has", 10) : 1 + demo_.Draw(3);
        punctual_[account] = first || demo_.Draw(3) > 0;
        const std::uint64_t turn = demo_.Draw(bases_.size());
        for (std::uint64_t i = 0; i < count; ++i) {
            const Ware& ware = bases_[(turn + i) % bases_.size()];
            // Some are so new that their trial still runs.
            const std::uint64_t ago =
                demo_.Draw(4) == 0 ? 1 + demo_.Draw(12) : 20 + demo_.Draw(300);
            const CivilTime at = MorningOf(end_ - days(ago));
            At(at, [this, account, ware, at] { Begin(account, ware, at); });
        }
    }

    std::size_t Live() {
        std::size_t done = 0;
        while (!events_.empty() && events_.begin()->first <= end_) {
            auto event = events_.extract(events_.begin());
            now_ = event.key();
            demo_.clock.Set(parts_.time.ToInstant(demo_.tenant, now_));
            event.mapped()();
            ++done;
        }
        return done;
    }

 private:
    void At(CivilTime time, std::function<void()> event) {
        if (time <= end_) events_.emplace(time, std::move(event));
    }
    CivilTime MorningOf(CivilTime time) {
        return DayOf(time) + std::chrono::hours(8) + std::chrono::minutes(demo_.Draw(600));
    }

    // What is refused did not happen: a life is not always possible.
    std::optional<Outcome> Do(AccountId account, const Wish& wish) {
        const auto carried = db::Attempt<Checkout::Carried>(
            parts_.database, demo_.tenant.id, [&](db::Transaction& tx) {
                return parts_.checkout.Carry(tx, account, wish, {"subscriber", ""}, now_);
            });
        if (carried) {
            for (const ChargedDocument& document : carried->documents)
                PlanPayment(account, document);
        }
        Follow(account);
        return carried ? std::optional(carried->outcome) : std::nullopt;
    }

    std::string SiteOf(AccountId account) {
        std::string site;
        parts_.database.Transact(demo_.tenant.id, [&](db::Transaction& tx) {
            const auto profile = parts_.profiles.Of(tx, account);
            if (!profile || profile->sites.empty()) return;
            auto chosen = profile->sites.begin();
            std::advance(chosen, static_cast<std::ptrdiff_t>(sites_++ % profile->sites.size()));
            site = chosen->first;
        });
        return site;
    }

    void Begin(AccountId account, const Ware& ware, CivilTime at) {
        const auto begun =
            Do(account, Purchase{demo_.tenant.currency, ware.plan,
                                 Decimal(static_cast<std::int64_t>(1 + demo_.Draw(ware.most))),
                                 SiteOf(account), std::nullopt, "", ""});
        if (!begun || !begun->subscription) return;
        const SubscriptionId base = *begun->subscription;
        for (std::uint64_t a = demo_.Draw(3); a > 0 && !addons_.empty(); --a) {
            const Ware& addon = addons_[demo_.Draw(addons_.size())];
            Do(account, Purchase{demo_.tenant.currency, addon.plan, Decimal(1), "", base, "", ""});
        }
        const auto left = static_cast<std::uint64_t>(
            std::max<std::int64_t>(std::chrono::floor<days>(end_ - at).count(), 2));
        const CivilTime turn = MorningOf(at + days(1 + demo_.Draw(left - 1)));
        At(turn, [this, account, base] { Turn(account, base); });
    }

    // Here and there something happens in a life: another plan, more of it, a pause, an end.
    void Turn(AccountId account, SubscriptionId id) {
        switch (demo_.Draw(8)) {
            case 0:
                Do(account, ChangeOf{id,
                                     {SubscriptionChange::Quantity{
                                         Decimal(static_cast<std::int64_t>(2 + demo_.Draw(7)))}}});
                break;
            case 1:
                Do(account, ChangeOf{id, {SubscriptionChange::Cancel{false, "too_expensive"}}});
                break;
            case 2:
                Switch(account, id);
                break;
            case 3:
                Do(account,
                   ChangeOf{id, {SubscriptionChange::Pause{std::nullopt, DayOf(now_) + days(40)}}});
                break;
            default:
                break;
        }
    }

    void Switch(AccountId account, SubscriptionId id) {
        std::string plan;
        parts_.database.Transact(demo_.tenant.id, [&](db::Transaction& tx) {
            const auto choices = parts_.changes.ChoicesOf(tx, account, id, now_);
            plan = choices && !choices->plans.empty() ? choices->plans.front().plan : "";
        });
        if (!plan.empty())
            Do(account, ChangeOf{id, {SubscriptionChange::Plan{plan, std::nullopt}}});
    }

    // Bills what is due now and sees to it that the next day on which something is comes.
    void Bill(AccountId account) {
        std::optional<Invoicing::Charged> charged;
        parts_.database.Transact(demo_.tenant.id, [&](db::Transaction& tx) {
            auto billed = parts_.invoicing.Bill(tx, account, now_);
            LIVERY_CHECK(billed.has_value(), "a demo account cannot be billed");
            charged = *std::move(billed);
        });
        for (const ChargedDocument& document : charged->documents) PlanPayment(account, document);
        Follow(account);
    }

    void Follow(AccountId account) {
        std::optional<CivilTime> next;
        parts_.database.Transact(demo_.tenant.id, [&](db::Transaction& tx) {
            next = parts_.invoicing.NextDue(tx, account, now_);
        });
        if (!next || planned_[account] == *next) return;
        planned_[account] = *next;
        At(*next, [this, account] { Bill(account); });
    }

    // A life's latest invoices are open; who is not punctual is late with them.
    void PlanPayment(AccountId account, const ChargedDocument& document) {
        if (document.is_credit_note || document.balance.minor_units() <= 0) return;
        const bool punctual = punctual_[account];
        const CivilTime at =
            MorningOf(now_ + days(punctual ? 2 + demo_.Draw(10) : 5 + demo_.Draw(40)));
        At(at, [this, account, document] {
            const std::string reference = fmt::format("TRF-{:06}", ++payments_);
            parts_.database.Transact(demo_.tenant.id, [&](db::Transaction& tx) {
                // It may be settled already, by credit.
                Pay(tx, account, reference, document);
            });
        });
    }

    void Pay(db::Transaction& tx, AccountId account, const std::string& reference,
             const ChargedDocument& document) {
        if (demo_.tenant.Enables("payments") && parts_.payments) {
            (void)parts_.payments->Record(
                tx, demo_.tenant, {account, reference, document.balance, document.id}, now_);
        } else {
            (void)parts_.invoicing.RecordPayment(tx, account,
                                                 {reference, document.balance, document.id}, now_);
        }
    }

    const DemoLives::Parts& parts_;
    DemoContext& demo_;
    std::shared_ptr<const billing::Catalog> catalog_;
    CivilTime end_;
    CivilTime now_{};
    std::vector<Ware> bases_;
    std::vector<Ware> addons_;
    std::multimap<CivilTime, std::function<void()>> events_;
    std::map<AccountId, CivilTime> planned_;
    std::map<AccountId, bool> punctual_;
    std::size_t sites_ = 0;
    int payments_ = 100'000;
};

}  // namespace

void DemoLives::Generate(DemoContext& demo) {
    Past past(parts_, demo);
    past.ReadWares();
    bool first = true;
    for (const AccountDirectory::Entry& account : parts_.accounts.List(demo.tenant.id, 0, 1000)) {
        past.PlanLifeOf(account.id, first);
        first = false;
    }
    demo.progress(fmt::format("{}: {} things happened", demo.tenant.id.value(), past.Live()));
}

}  // namespace livery::orders
