#pragma once

#include <livery/demo/demo.h>
#include <livery/ports/account_directory.h>

#include "app/subscription_desk.h"

namespace livery::subscriptions {

// Gives every demo subscriber a history: subscriptions of the plans in `demo.yaml` (`plans`), some
// with add-ons, started in the past and lived through to today by the use cases.
class DemoSubscriptions {
 public:
    DemoSubscriptions(SubscriptionDesk& desk, AccountDirectory& accounts)
        : desk_(desk), accounts_(accounts) {}
    void Generate(DemoContext& demo);

 private:
    struct Plan;
    Plan ReadPlan(const config::Node& node, const DemoContext& demo) const;
    struct Beginning {
        AccountId account;
        Date on;
        std::string site;
        std::optional<SubscriptionId> base;
    };
    SubscriptionId Start(DemoContext& demo, const Plan& plan, const Beginning& beginning);
    void Live(DemoContext& demo, SubscriptionId id, Date from, Money price);

    SubscriptionDesk& desk_;
    AccountDirectory& accounts_;
};

}  // namespace livery::subscriptions
