#pragma once

#include <livery/error.h>

namespace livery::http {

// The one table from outcomes to HTTP statuses.
int StatusOf(ErrorCode code);

}  // namespace livery::http
