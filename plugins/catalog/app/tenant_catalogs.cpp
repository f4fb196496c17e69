#include "app/tenant_catalogs.h"

namespace livery::catalog {

std::shared_ptr<const billing::Catalog> TenantCatalogs::Of(const TenantId& tenant) {
    static const auto nothing = std::make_shared<const billing::Catalog>();
    const auto found = tenants_.Find(tenant);
    if (found == nullptr) return nothing;
    const auto settings = found->settings.find("catalog");
    if (settings == found->settings.end() || settings->second == nullptr) return nothing;
    return std::static_pointer_cast<const billing::Catalog>(settings->second);
}

}  // namespace livery::catalog
