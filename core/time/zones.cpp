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
    // Where the rules end a zone says a year that an Instant of microseconds cannot hold.
    const bool ends = info.end < std::chrono::floor<std::chrono::seconds>(Instant::max());
    return {info.offset, ends ? Instant(info.end) : Instant::max()};
}

}  // namespace livery::time
