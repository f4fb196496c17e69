#include "web/next_page.h"

#include <livery/http/response.h>

namespace livery::accounts {

std::string NextOf(const RequestContext& r, const Door& door) {
    const std::string next(r.Query("next"));
    const bool plain = next.size() < 300 &&
                       next.find_first_of(std::string_view("\r\n\0?#\\&", 7)) == std::string::npos;
    return IsLocalPath(next) && plain && RealmOf(next) == door.realm ? next : door.home;
}

std::string WithNext(const std::string& path, const std::string& next, const Door& door) {
    if (next == door.home) return path;
    return path + (path.find('?') == std::string::npos ? "?" : "&") + "next=" + next;
}

}  // namespace livery::accounts
