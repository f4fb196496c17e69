#include "time/zones.h"

#include <date/tz.h>

#include <livery/check.h>

namespace livery::time {

namespace {

const date::time_zone& Find(const std::string& zone) {
    try {
        return *date::locate_zone(zone);
    } catch (const std::exception&) {
        LIVERY_CHECK(false, "no such time zone: " + zone);
    }
}

}  // namespace

bool IsZone(const std::string& zone) {
    try {
        return date::locate_zone(zone) != nullptr;
    } catch (const std::exception&) {
        return false;
    }
}

CivilTime ToCivil(Instant instant, const std::string& zone) {
    const auto local = Find(zone).to_local(instant);
    return CivilTime(std::chrono::floor<std::chrono::seconds>(local.time_since_epoch()));
}

Instant ToInstant(CivilTime civil, const std::string& zone) {
    const date::local_seconds local(civil.time_since_epoch());
    const date::local_info info = Find(zone).get_info(local);
    // In a gap the offset of before it leads past it, by as much as is missing.
    return Instant(local.time_since_epoch() - info.first.offset);
}

TenantTime::WallOffset OffsetAt(Instant instant, const std::string& zone) {
    const date::sys_info info =
        Find(zone).get_info(std::chrono::floor<std::chrono::seconds>(instant));
    // A zone whose clocks change no more ends with the library's last year, or one of its rules'.
    constexpr date::sys_days kForEver = date::year(10'000) / 1 / 1;
    return {info.offset, info.end < kForEver ? Instant(info.end) : Instant::max()};
}

}  // namespace livery::time
