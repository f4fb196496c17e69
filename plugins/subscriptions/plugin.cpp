#include <memory>

#include <livery/plugin.h>

#include "api/subscription_api.h"
#include "app/account_suspension.h"
#include "app/subscriber_changes.h"
#include "storage/agreement_repository.h"
#include "web/subjects_of_subscriptions.h"
#include "web/subscription_pages.h"

namespace livery::subscriptions {

// A table of contents; templates/, locale/ and migrations/ are found by convention.
class SubscriptionsPlugin final : public Plugin {
 public:
    void Register(Registrar& r) override {
        auto& catalogs = r.Need<CatalogSource>();
        auto& profiles = r.Need<BillingProfiles>();
        auto& time = r.Need<TenantTime>();
        store_ = std::make_unique<AgreementRepository>(r.ids());
        desk_ = std::make_shared<AgreementDesk>(catalogs, profiles, *store_, r.ids());
        const PageSources sources{r.database(), catalogs, profiles, time};
        pages_ = std::make_unique<SubscriptionPages>(sources, r.Await<SubscriptionBilling>(),
                                                     r.Await<HelpLinks>());

        r.Provide<SubscriptionTimelines>(desk_);
        r.Provide<SubscriptionSales>(desk_);
        const auto changes = std::make_shared<SubscriberChanges>(*desk_, catalogs, profiles);
        r.Provide<SubscriptionChanges>(changes);
        r.Provide<SubscriptionSuspension>(std::make_shared<AccountSuspension>(*store_, changes));
        r.Add(NavItem{"nav.subscriptions", "/subscriptions", "layers", 20});
        r.Add(Route{Method::kGet, "/subscriptions", Access::kSignedIn,
                    [this](const RequestContext& request) { return pages_->List(request); },
                    "Subscriptions", RateClass::kPage, Reuse::kWhileUnchanged});
        r.Add(Route{Method::kGet, "/subscriptions/:id", Access::kSignedIn,
                    [this](const RequestContext& request) { return pages_->Show(request); },
                    "One subscription", RateClass::kPage, Reuse::kWhileUnchanged});
        r.Add(std::make_shared<SubscriptionOverview>(sources));
        r.Add(std::make_shared<SubjectsOfSubscriptions>(sources));
        api_ = std::make_unique<SubscriptionApi>(r.database(), catalogs, time);
        api_->AddTo(r);
    }

 private:
    std::unique_ptr<AgreementRepository> store_;
    std::shared_ptr<AgreementDesk> desk_;
    std::unique_ptr<SubscriptionPages> pages_;
    std::unique_ptr<SubscriptionApi> api_;
};

}  // namespace livery::subscriptions

LIVERY_PLUGIN(livery::subscriptions::SubscriptionsPlugin)
