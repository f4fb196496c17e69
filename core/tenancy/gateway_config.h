#pragma once

#include <memory>
#include <string>
#include <vector>

#include <livery/config/object_schema.h>
#include <livery/ids.h>
#include <livery/json.h>
#include <livery/tenancy/tenant.h>

namespace livery::tenancy {

// `gateways:` of tenant.yaml, as written.
struct GatewayLimits {
    int memory_mib = 128;
    int call_timeout_ms = 20'000;
    int parallel = 8;
    static const config::ObjectSchema<GatewayLimits>& Schema();
};

struct GatewayConfig {
    std::string id;
    std::string gateway;
    std::string isolation = "process";
    GatewayLimits limits;
    config::Node config;  // as the gateway's manifest describes it
    static const config::ObjectSchema<GatewayConfig>& Schema();
};

// One gateway of a tenant, right in itself and by what its file says. Immutable.
struct ConfiguredGateway {
    enum class Isolation { kNone, kProcess, kProcessPerTenant };
    std::string id;       // the tenant's word for it
    std::string gateway;  // the manifest's id
    Isolation isolation = Isolation::kProcess;
    GatewayLimits limits;
    nlohmann::json config;  // fits the manifest's schema; of secrets the names
    std::string waits_for;  // why it cannot be called yet, although nothing is wrong; empty: it can
};

// Who knows the files of gateways, and so what may stand below `config`.
class GatewayChecks {
 public:
    virtual ~GatewayChecks() = default;
    // Before a whole house is read: the files may have changed.
    virtual void Refresh() = 0;

    struct Owner {
        TenantId tenant;
        TenantMode mode = TenantMode::kLive;
    };
    struct Checked {
        nlohmann::json config;
        std::string waits_for;
    };
    // The entry's `config` as JSON. Reports everything that is wrong with entry and config at its
    // place; what it returns then is of no use.
    virtual Checked Check(const Owner& owner, const GatewayConfig& wanted,
                          const config::Node& entry, const config::Reader& reader) = 0;
};

// Reads the list at `node` of one tenant.
std::vector<std::shared_ptr<const ConfiguredGateway>> ReadGateways(
    const GatewayChecks::Owner& owner, const std::vector<GatewayConfig>& wanted,
    const config::Node* node, const config::Reader& reader, GatewayChecks* checks);

}  // namespace livery::tenancy
