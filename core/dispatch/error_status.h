#pragma once

#include <livery/error.h>

namespace livery::dispatch {

// The one table from outcomes to HTTP statuses.
int StatusOf(ErrorCode code);

}  // namespace livery::dispatch
