#pragma once

#include <string>

#include <livery/ports/tenant_time.h>
#include <livery/time/frequency.h>
#include <livery/time/instant.h>

namespace livery::time {

// The IANA time zones; the only door to their data. `zone` is a known name, or BrokenInvariant is
// thrown. Thread: any.

bool IsZone(const std::string& zone);
CivilTime ToCivil(Instant instant, const std::string& zone);
// A time that the clocks skip moves on by what they skip; one that they show twice is the first
// (case SC-04).
Instant ToInstant(CivilTime civil, const std::string& zone);
// How far its walls are east of UTC then, and from when on that may be otherwise.
TenantTime::WallOffset OffsetAt(Instant instant, const std::string& zone);

}  // namespace livery::time
