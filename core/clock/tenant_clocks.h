#pragma once

#include <livery/ports/tenant_time.h>
#include <livery/time/clock.h>

namespace livery::clock {

// The time of tenants by the host's clock, on their walls by their zones.
class TenantClocks final : public TenantTime {
 public:
    explicit TenantClocks(const Clock& clock) : clock_(clock) {}
    Instant Now(const Tenant& tenant) override;
    CivilTime ToCivil(const Tenant& tenant, Instant instant) override;
    Instant ToInstant(const Tenant& tenant, CivilTime civil) override;

 private:
    const Clock& clock_;
};

}  // namespace livery::clock
