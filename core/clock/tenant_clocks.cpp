#include "clock/tenant_clocks.h"

#include "clock/test_clock_repository.h"
#include "time/zones.h"

namespace livery::clock {

Instant TenantClocks::Now(const Tenant& tenant) {
    if (!tenant.HasTestClock()) return clock_.Now();
    const auto moved = TestClockRepository::Find(database_, tenant.id);
    return moved ? moved->now : clock_.Now();
}

CivilTime TenantClocks::ToCivil(const Tenant& tenant, Instant instant) {
    return time::ToCivil(instant, tenant.time_zone);
}

Instant TenantClocks::ToInstant(const Tenant& tenant, CivilTime civil) {
    return time::ToInstant(civil, tenant.time_zone);
}

TenantTime::WallOffset TenantClocks::OffsetAt(const Tenant& tenant, Instant instant) {
    return time::OffsetAt(instant, tenant.time_zone);
}

}  // namespace livery::clock
