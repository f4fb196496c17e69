#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <livery/json.h>
#include <livery/result.h>

#include "gateways/webhook.h"

namespace livery::gateways {

// What a gateway says of itself (sdk/schema/gateway-v1/manifest.json): read from its file without
// running any of it, and what the host then goes by.
struct GatewayManifest {
    struct Bounds {
        std::int64_t least = 0;  // minor units, both included
        std::int64_t most = 0;
    };
    std::string id;
    std::string version;
    std::string name;
    int abi_major = 0;
    int abi_minor = 0;
    bool concurrent = false;
    bool sandbox_only = false;
    std::vector<std::string> methods;
    std::vector<std::string> currencies;
    std::set<std::string, std::less<>> can;
    std::map<std::string, Bounds> amounts;  // by currency
    std::optional<WebhookScheme> webhook;
    std::optional<std::chrono::hours> idempotency;
    std::chrono::seconds finds_after{0};
    std::chrono::hours decides_within{24};
    nlohmann::json config;  // JSON Schema of its configuration

    // Errors (kInvalidArgument) end a sentence that begins with the file's name: another major
    // version of the contract, a later minor one, not as the schema says.
    static Result<GatewayManifest> Parse(std::string_view text);
};

}  // namespace livery::gateways
