#pragma once

#include <livery/ports/billing.h>
#include <livery/ports/tenants.h>

namespace livery::taxes {

// Taxes by the tenant's own rules (taxes.yaml), rounded as its catalog's policies say.
class TaxRuleEngine final : public TaxEngine {
 public:
    TaxRuleEngine(const Tenants& tenants, CatalogSource& catalogs)
        : tenants_(tenants), catalogs_(catalogs) {}
    Result<billing::TaxAnswer> Calculate(const TenantId& tenant,
                                         const billing::TaxQuestion& question) override;

 private:
    const Tenants& tenants_;
    CatalogSource& catalogs_;
};

}  // namespace livery::taxes
