#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include <livery/tenancy/tenant.h>

namespace livery {

// The tenants of the host, for work that no request brings: jobs, commands, ports of plugins.
// Provided by the core. Thread: any.
class Tenants {
 public:
    static constexpr std::string_view kPortId = "livery.tenants/1";
    virtual ~Tenants();
    // The snapshot of this moment; the caller keeps it as long as it works with it. nullptr when
    // there is no such tenant.
    virtual std::shared_ptr<const Tenant> Find(const TenantId& id) const = 0;
    virtual std::vector<std::shared_ptr<const Tenant>> All() const = 0;  // by id
};

}  // namespace livery
