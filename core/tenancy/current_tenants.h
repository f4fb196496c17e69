#pragma once

#include <functional>

#include <livery/ports/tenants.h>

#include "tenancy/house.h"

namespace livery::tenancy {

// The tenants of the house that holds now.
class CurrentTenants final : public Tenants {
 public:
    using CurrentHouse = std::function<std::shared_ptr<const House>()>;
    explicit CurrentTenants(CurrentHouse house) : house_(std::move(house)) {}
    std::shared_ptr<const Tenant> Find(const TenantId& id) const override;
    std::vector<std::shared_ptr<const Tenant>> All() const override;

 private:
    CurrentHouse house_;
};

}  // namespace livery::tenancy
