#include "app/tenant_catalogs.h"

#include "app/use_log.h"

namespace livery::catalog {

std::shared_ptr<const billing::Catalog> TenantCatalogs::Of(const TenantId& tenant) {
    static const auto nothing = std::make_shared<const billing::Catalog>();
    const auto found = tenants_.Find(tenant);
    if (found == nullptr) return nothing;
    const auto catalog = found->FindSettings<billing::Catalog>("catalog");
    return catalog == nullptr ? nothing : catalog;
}

void TenantCatalogs::NoteUse(db::Transaction& tx, const billing::Catalog& catalog,
                             const std::vector<billing::Sold>& sold, Date today) {
    catalog::NoteUse(used_, tx, catalog, sold, today);
}

}  // namespace livery::catalog
