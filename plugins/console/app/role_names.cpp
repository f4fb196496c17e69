#include "app/role_names.h"

namespace livery::console {

std::string RoleName(const Tenant& tenant, const std::string& role, const Formatter& format) {
    const auto found = tenant.roles.find(role);
    if (found == tenant.roles.end()) return role;
    const auto& label = found->second.label;
    if (label.empty()) return format.Text("role." + role);
    const auto own = label.find(std::string(format.language()));
    return own == label.end() ? label.begin()->second : own->second;
}

std::string RoleNames(const Tenant& tenant, const std::set<std::string>& roles,
                      const Formatter& format) {
    std::string names;
    for (const std::string& role : roles)
        names += (names.empty() ? "" : ", ") + RoleName(tenant, role, format);
    return names;
}

}  // namespace livery::console
