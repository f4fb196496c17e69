#pragma once

#include <livery/ports/billing.h>
#include <livery/ports/tenants.h>

#include "domain/billing_facts.h"

namespace livery::accounts {

// BillingProfiles for billing. The account's first address is its place; without one it is where
// the tenant's settings say. Its sites are its addresses that have a label.
class AccountProfiles final : public BillingProfiles {
 public:
    explicit AccountProfiles(const Tenants& tenants) : tenants_(tenants) {}
    Result<BillingProfile> Of(db::Transaction& tx, AccountId account) override;
    std::vector<BillingProfile> OfRange(db::Transaction& tx, AccountId first,
                                        AccountId last) override;

 private:
    billing::Place HomeOf(const TenantId& tenant) const;
    const Tenants& tenants_;
};

}  // namespace livery::accounts
