#pragma once

#include <vector>

#include <livery/cli/command.h>
#include <livery/view/formatter.h>

#include "app/staff_desk.h"

namespace livery::console {

// `livery user invite`, for the first of a tenant's staff, `livery user list` and `livery user
// roles`. What is given lives as long as the commands.
std::vector<Command> StaffCommands(StaffDesk& desk, db::Database& database,
                                   TenantFormatters& formatters);

}  // namespace livery::console
