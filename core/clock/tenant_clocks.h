#pragma once

#include <livery/db/database.h>
#include <livery/ports/tenant_time.h>
#include <livery/time/clock.h>

namespace livery::clock {

// The time of tenants: by the host's clock or, in sandbox mode, by their test clock once it has
// been moved; on their walls by their zones.
class TenantClocks final : public TenantTime {
 public:
    TenantClocks(db::Database& database, const Clock& clock) : database_(database), clock_(clock) {}
    Instant Now(const Tenant& tenant) override;
    CivilTime ToCivil(const Tenant& tenant, Instant instant) override;
    Instant ToInstant(const Tenant& tenant, CivilTime civil) override;
    WallOffset OffsetAt(const Tenant& tenant, Instant instant) override;

 private:
    db::Database& database_;
    const Clock& clock_;
};

}  // namespace livery::clock
