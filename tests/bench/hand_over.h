#pragma once

#include <livery/json.h>

namespace livery::bench {

// The least that a call in a helper can take here: its question and one request of it, each handed
// to another process, as weak as a helper, and back. What a machine needs to wake a sleeping
// processor is most of it. See Latencies().
nlohmann::json BareHandOvers(int calls);

}  // namespace livery::bench
