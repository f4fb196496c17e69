#pragma once

#include <livery/ports/billing.h>
#include <livery/ports/tenants.h>

#include "storage/use_repository.h"

namespace livery::catalog {

// Each tenant's catalog, as its catalog.yaml says now. A tenant that is not there, or has not
// enabled the plugin, sells nothing.
class TenantCatalogs final : public CatalogSource {
 public:
    explicit TenantCatalogs(const Tenants& tenants) : tenants_(tenants) {}
    std::shared_ptr<const billing::Catalog> Of(const TenantId& tenant) override;
    void NoteUse(db::Transaction& tx, const billing::Catalog& catalog,
                 const std::vector<billing::Sold>& sold, Date today) override;

 private:
    const Tenants& tenants_;
    UseRepository used_;
};

}  // namespace livery::catalog
