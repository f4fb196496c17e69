#pragma once

#include "host/plugin_registry.h"
#include "jobs/clock_advance.h"

namespace livery::jobs {

// `GET /api/v1/clock` and `POST /api/v1/clock/advance`: what time it is for a tenant, and moving a
// test clock. The parts outlive what is added.
void AddClockOperations(host::Contributions& contributions, db::Database& database,
                        TenantTime& time);

}  // namespace livery::jobs
