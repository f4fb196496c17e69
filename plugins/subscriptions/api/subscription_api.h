#pragma once

#include <livery/api/operation.h>
#include <livery/ports/billing.h>
#include <livery/ports/tenant_time.h>
#include <livery/registrar.h>

#include "domain/agreement.h"

namespace livery::subscriptions {

// Subscriptions for the tenant's own programs, as they are now: phases, pending changes, pauses and
// the next charge. What may be done with them is in the API of `orders`.
class SubscriptionApi {
 public:
    SubscriptionApi(db::Database& database, CatalogSource& catalogs, TenantTime& time)
        : database_(database), catalogs_(catalogs), time_(time) {}
    void AddTo(Registrar& registrar) const;

 private:
    Result<api::Json> List(const api::Call& call) const;
    Result<api::Json> Show(const api::Call& call) const;

    db::Database& database_;
    CatalogSource& catalogs_;
    TenantTime& time_;
};

}  // namespace livery::subscriptions
