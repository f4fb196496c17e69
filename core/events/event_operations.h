#pragma once

#include <livery/time/clock.h>

#include "host/plugin_registry.h"

namespace livery::events {

// `GET /api/v1/events`: what happened, in the order in which it can be told. The parts outlive what
// is added.
void AddEventOperations(host::Contributions& contributions, db::Database& database,
                        const Clock& clock);

}  // namespace livery::events
