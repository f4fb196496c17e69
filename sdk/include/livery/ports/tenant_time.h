#pragma once

#include <string_view>

#include <livery/tenancy/tenant.h>
#include <livery/time/frequency.h>
#include <livery/time/instant.h>

namespace livery {

// What time it is for a tenant, and on its walls. Provided by the core. Thread: any.
class TenantTime {
 public:
    static constexpr std::string_view kPortId = "livery.tenant_time/1";
    virtual ~TenantTime();
    // The machine's clock, or the tenant's test clock when it is in sandbox mode; that one may have
    // to be read from the database, so ask before a transaction, not inside one.
    virtual Instant Now(const Tenant& tenant) = 0;
    // In the tenant's time zone. A civil time that the clocks skip moves on by what they skip; one
    // that they show twice is the first (case SC-04).
    virtual CivilTime ToCivil(const Tenant& tenant, Instant instant) = 0;
    virtual Instant ToInstant(const Tenant& tenant, CivilTime civil) = 0;
    // How far the tenant's walls are east of UTC then, and from when on that may be otherwise.
    struct WallOffset {
        std::chrono::seconds east_of_utc{0};
        Instant until = Instant::max();
    };
    virtual WallOffset OffsetAt(const Tenant& tenant, Instant instant) = 0;
    CivilTime CivilNow(const Tenant& tenant) { return ToCivil(tenant, Now(tenant)); }
};

}  // namespace livery
