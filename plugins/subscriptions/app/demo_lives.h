#pragma once

#include <livery/demo/demo.h>
#include <livery/ports/account_directory.h>
#include <livery/ports/tenant_time.h>

#include "app/agreement_desk.h"

namespace livery::subscriptions {

// Gives every demo subscriber a history: subscriptions to the plans in `demo.yaml` (`plans: [{plan,
// most}]`, by their ids in the catalog), some with add-ons, begun in the past and changed since by
// the use cases that everybody else uses.
class DemoLives {
 public:
    struct Doors {
        db::Database& database;
        AgreementDesk& desk;
        CatalogSource& catalogs;
        BillingProfiles& profiles;
        AccountDirectory& accounts;
        TenantTime& time;
    };
    explicit DemoLives(const Doors& doors) : doors_(doors) {}
    void Generate(DemoContext& demo);

 private:
    struct Plan {
        std::string id;
        std::uint64_t most = 1;  // units of it
        bool is_addon = false;
        int trial_days = 0;
    };
    struct Shelf {
        std::vector<Plan> bases;
        std::vector<Plan> addons;
    };
    Shelf Read(const DemoContext& demo) const;
    void Equip(DemoContext& demo, AccountId account, const Shelf& shelf, std::size_t turn);
    std::optional<SubscriptionId> Begin(DemoContext& demo, AccountId account, const Plan& plan,
                                        const SubscriptionRequest& wanted);
    void Live(DemoContext& demo, AccountId account, SubscriptionId id, Instant from);
    std::vector<std::string> SitesOf(const DemoContext& demo, AccountId account) const;
    CivilTime Civil(const DemoContext& demo) const;

    Doors doors_;
};

}  // namespace livery::subscriptions
