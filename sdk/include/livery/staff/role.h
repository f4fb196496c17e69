#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

namespace livery {

// Something that only some of a tenant's staff may do. Declared by the plugin that does it, named by
// its routes and nav items, given to people by roles.
struct Permission {
    std::string id;     // "payments.decide": two words of a-z and _, the first says of what
    std::string label;  // text key of the plugin: what it lets a person do
    // The built-in roles that have it, beside the owner's; a role exists when somebody names it.
    std::set<std::string> roles = {};
};

// What tenant.yaml (`staff: roles:`) and the plugins make of a name such as `billing`.
struct Role {
    // By language; empty: a built-in one, whose name is the console's text `role.<id>`.
    std::map<std::string, std::string> label;
    std::set<std::string> permissions;
};
using Roles = std::map<std::string, Role>;

// Every permission there is. Cannot be changed in tenant.yaml, so that nobody is locked out.
inline constexpr std::string_view kOwnerRole = "owner";

// What somebody with these roles may do. A role that is no longer there gives nothing.
std::set<std::string> PermissionsOf(const Roles& roles, const std::set<std::string>& names);
bool Allows(const Roles& roles, const std::set<std::string>& names, std::string_view permission);

}  // namespace livery
