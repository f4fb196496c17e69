#include "tenancy/staff_roles.h"

#include <algorithm>

#include <fmt/format.h>

namespace livery::tenancy {

namespace {

bool IsRoleName(const std::string& name) {
    return !name.empty() && name.size() <= 32 &&
           name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string::npos;
}

Roles BuiltIn(const std::vector<Permission>& permissions) {
    Roles roles;
    for (const Permission& permission : permissions) {
        roles[std::string(kOwnerRole)].permissions.insert(permission.id);
        for (const std::string& role : permission.roles)
            roles[role].permissions.insert(permission.id);
    }
    return roles;
}

void CheckPermissions(const std::vector<std::string>& known, const RoleConfig& role,
                      const config::Node& at, const config::Reader& reader) {
    for (const std::string& permission : role.permissions) {
        if (std::find(known.begin(), known.end(), permission) != known.end()) continue;
        const std::string nearest = config::Nearest(permission, known);
        reader.Below("permissions")
            .Report(at.at,
                    fmt::format("there is no permission `{}`", permission) +
                        (nearest.empty() ? "" : fmt::format("; did you mean `{}`?", nearest)));
    }
}

}  // namespace

Roles ReadRoles(const std::vector<Permission>& permissions, const StaffConfig& config,
                const config::Node* node, const config::Reader& reader) {
    Roles roles = BuiltIn(permissions);
    std::vector<std::string> known;
    for (const Permission& permission : permissions) known.push_back(permission.id);
    const config::Node* written = node == nullptr ? nullptr : node->Find("roles");
    for (const auto& [name, role] : config.roles) {
        const config::Reader below = reader.Below("roles").Below(name);
        const config::Node& at = *written->Find(name);
        if (!IsRoleName(name)) below.Report(at.at, "a role's name is a-z and _, at most 32");
        if (name == kOwnerRole)
            below.Report(at.at, "the owner may do everything, and cannot be changed");
        if (role.label.empty()) below.Report(at.at, "it needs a name in one language at least");
        CheckPermissions(known, role, at, below);
        roles[name] = {role.label, {role.permissions.begin(), role.permissions.end()}};
    }
    return roles;
}

}  // namespace livery::tenancy
