#include <memory>

#include <livery/plugin.h>
#include <livery/ports/account_directory.h>

#include "app/demo_subscriptions.h"
#include "app/subscription_desk.h"
#include "web/subscription_pages.h"

namespace livery::subscriptions {

// A table of contents; templates/, locale/ and migrations/ are found by convention.
class SubscriptionsPlugin final : public Plugin {
 public:
    void Register(Registrar& r) override {
        desk_ = std::make_unique<SubscriptionDesk>(r.database(), r.clock(), r.ids());
        pages_ = std::make_unique<SubscriptionPages>(r.database());
        demo_ = std::make_unique<DemoSubscriptions>(*desk_, r.Need<AccountDirectory>());

        r.Add(NavItem{"nav.subscriptions", "/subscriptions", "layers", 20});
        r.Add(Route{Method::kGet, "/subscriptions", Access::kSignedIn,
                    [this](const RequestContext& request) { return pages_->List(request); },
                    "Subscriptions", RateClass::kPage, Reuse::kWhileUnchanged});
        r.Add(Route{Method::kGet, "/subscriptions/:id", Access::kSignedIn,
                    [this](const RequestContext& request) { return pages_->Show(request); },
                    "One subscription", RateClass::kPage, Reuse::kWhileUnchanged});
        r.Add(std::make_shared<SubscriptionOverview>(r.database()));
        r.AddDemo([this](DemoContext& demo) { demo_->Generate(demo); });
    }

 private:
    std::unique_ptr<SubscriptionDesk> desk_;
    std::unique_ptr<SubscriptionPages> pages_;
    std::unique_ptr<DemoSubscriptions> demo_;
};

}  // namespace livery::subscriptions

LIVERY_PLUGIN(livery::subscriptions::SubscriptionsPlugin)
