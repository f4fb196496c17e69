#pragma once

#include <cstdint>
#include <string_view>

namespace livery {

// Which door a login is for. The same address in two realms is two logins, and a session of one is
// nothing in the other: each has a cookie of its own, so that one browser can hold both.
enum class Realm : std::uint8_t { kPortal, kConsole, kPartner };

// Where the console's pages are, on every tenant's host.
inline constexpr std::string_view kConsolePath = "/console";

// Which realm a page of this path belongs to.
inline Realm RealmOf(std::string_view path) {
    if (!path.starts_with(kConsolePath)) return Realm::kPortal;
    const std::string_view rest = path.substr(kConsolePath.size());
    return rest.empty() || rest.front() == '/' || rest.front() == '?' ? Realm::kConsole
                                                                      : Realm::kPortal;
}

}  // namespace livery
