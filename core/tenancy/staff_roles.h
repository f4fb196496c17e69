#pragma once

#include <vector>

#include <livery/config/reader.h>
#include <livery/staff/role.h>

#include "tenancy/tenant_config.h"

namespace livery::tenancy {

// The roles of a tenant: those that the permissions name, with the owner's, and over them what the
// section `staff` of its file says. `node`: the section as written, nullptr when there is none;
// what is wrong in it is reported there.
Roles ReadRoles(const std::vector<Permission>& permissions, const StaffConfig& config,
                const config::Node* node, const config::Reader& reader);

}  // namespace livery::tenancy
