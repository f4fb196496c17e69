#include "tenancy/current_tenants.h"

namespace livery::tenancy {

namespace {

// Keeps the whole site, shows its tenant.
std::shared_ptr<const Tenant> TenantOf(const std::shared_ptr<const Site>& site) {
    return {site, &site->tenant};
}

}  // namespace

std::shared_ptr<const Tenant> CurrentTenants::Find(const TenantId& id) const {
    const auto house = house_();
    if (house == nullptr) return nullptr;
    const auto found = house->sites.find(id.value());
    return found == house->sites.end() ? nullptr : TenantOf(found->second);
}

std::vector<std::shared_ptr<const Tenant>> CurrentTenants::All() const {
    std::vector<std::shared_ptr<const Tenant>> all;
    const auto house = house_();
    if (house == nullptr) return all;
    for (const auto& [id, site] : house->sites) all.push_back(TenantOf(site));
    return all;
}

}  // namespace livery::tenancy
