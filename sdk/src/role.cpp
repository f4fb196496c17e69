#include <algorithm>

#include <livery/staff/role.h>

namespace livery {

std::set<std::string> PermissionsOf(const Roles& roles, const std::set<std::string>& names) {
    std::set<std::string> all;
    for (const std::string& name : names) {
        const auto role = roles.find(name);
        if (role == roles.end()) continue;
        all.insert(role->second.permissions.begin(), role->second.permissions.end());
    }
    return all;
}

bool Allows(const Roles& roles, const std::set<std::string>& names, std::string_view permission) {
    return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
        const auto role = roles.find(name);
        return role != roles.end() && role->second.permissions.contains(std::string(permission));
    });
}

}  // namespace livery
