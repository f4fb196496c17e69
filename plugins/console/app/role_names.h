#pragma once

#include <set>
#include <string>

#include <livery/tenancy/tenant.h>
#include <livery/view/formatter.h>

namespace livery::console {

// A role as people read it: the tenant's own name for it, or the text `role.<id>`. `format` has the
// console's texts. Of a role that is no longer there: its id.
std::string RoleName(const Tenant& tenant, const std::string& role, const Formatter& format);
// All of them, in one line.
std::string RoleNames(const Tenant& tenant, const std::set<std::string>& roles,
                      const Formatter& format);

}  // namespace livery::console
