#pragma once

#include <vector>

#include "db/pool.h"
#include "dispatch/status_counts.h"
#include "metrics/endpoint.h"

namespace livery::cli {

// What a host tells its operator; core/metrics/README.md lists it. Thread: any.
std::vector<metrics::Metric> HostMetrics(db::Pool& pool, const dispatch::StatusCounts& requests);

}  // namespace livery::cli
