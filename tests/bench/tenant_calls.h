#pragma once

#include <livery/json.h>

#include "gateways/gateway_pool.h"

namespace livery::bench {

// `TenantGateways::Call` whole: schemas, the send fence, the gateway, its request over loopback to
// a provider in this process that answers at once, parsing and masking. By operation, as Latencies
// has it; the provider's own JSON is taken off, the two ways over the socket are not.
nlohmann::json TenantCalls(gateways::GatewayPool::Isolation isolation, int calls);

}  // namespace livery::bench
