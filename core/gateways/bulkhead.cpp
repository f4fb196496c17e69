#include "gateways/bulkhead.h"

#include <algorithm>

namespace livery::gateways {

std::optional<Bulkhead::Place> Bulkhead::Enter(const std::string& tenant) {
    const std::lock_guard lock(mutex_);
    int& own = of_tenant_[tenant];
    if (inside_ >= most_ || own >= std::max(1, most_ / 2)) return std::nullopt;
    ++inside_;
    ++own;
    return std::optional<Place>(std::in_place, *this, tenant);
}

void Bulkhead::Leave(const std::string& tenant) {
    const std::lock_guard lock(mutex_);
    --inside_;
    const auto own = of_tenant_.find(tenant);
    if (--own->second == 0) of_tenant_.erase(own);
}

}  // namespace livery::gateways
