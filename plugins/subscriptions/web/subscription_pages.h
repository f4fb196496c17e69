#pragma once

#include <livery/db/database.h>
#include <livery/http/route.h>
#include <livery/late_port.h>
#include <livery/ports/billing.h>
#include <livery/ports/help_links.h>
#include <livery/ports/invoicing.h>
#include <livery/ports/overview.h>
#include <livery/ports/tenant_time.h>

#include "domain/agreement_choices.h"

namespace livery::subscriptions {

// What pages read an account's agreements with.
struct PageSources {
    db::Database& database;
    CatalogSource& catalogs;
    BillingProfiles& profiles;
    TenantTime& time;
};

// List and detail of the account's own subscriptions.
class SubscriptionPages {
 public:
    SubscriptionPages(const PageSources& sources, LatePort<SubscriptionBilling> billing,
                      LatePort<HelpLinks> help)
        : sources_(sources), billing_(std::move(billing)), help_(std::move(help)) {}
    Result<Reply> List(const RequestContext& request) const;
    Result<Reply> Show(const RequestContext& request) const;

 private:
    std::optional<SubscriptionBilling::Facts> BillingOf(const RequestContext& request,
                                                        SubscriptionId id) const;
    // What may be done; nothing where the tenant takes no orders.
    std::optional<AgreementChoices> ChoicesFor(const RequestContext& request,
                                               const Agreement& agreement,
                                               const billing::Catalog& catalog,
                                               CivilTime now) const;

    PageSources sources_;
    LatePort<SubscriptionBilling> billing_;
    LatePort<HelpLinks> help_;
};

// What subscriptions put on the home page.
class SubscriptionOverview final : public OverviewSource {
 public:
    explicit SubscriptionOverview(const PageSources& sources) : sources_(sources) {}
    void Contribute(const RequestContext& request, Overview& overview) override;

 private:
    PageSources sources_;
};

}  // namespace livery::subscriptions
