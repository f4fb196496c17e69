#include "tenancy/gateway_config.h"

#include <optional>
#include <set>

#include <fmt/format.h>

namespace livery::tenancy {

namespace {

constexpr const char* kIdPattern = "^[a-z][a-z0-9-]{0,31}$";

// It stands in addresses that providers are given.
std::optional<std::string> CheckId(const std::string& text) {
    const bool fine =
        !text.empty() && text.size() <= 32 && text.front() >= 'a' && text.front() <= 'z' &&
        text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos;
    if (fine) return std::nullopt;
    return fmt::format("`{}` must be a-z, 0-9 and -, at most 32, a letter first", text);
}

ConfiguredGateway::Isolation IsolationOf(const std::string& word) {
    if (word == "none") return ConfiguredGateway::Isolation::kNone;
    return word == "process" ? ConfiguredGateway::Isolation::kProcess
                             : ConfiguredGateway::Isolation::kProcessPerTenant;
}

}  // namespace

const config::ObjectSchema<GatewayLimits>& GatewayLimits::Schema() {
    static const auto schema =
        config::ObjectSchema<GatewayLimits>("What one gateway may use")
            .Optional("memory_mib", &GatewayLimits::memory_mib, "Memory of its process, MiB",
                      {.minimum = 32, .maximum = 4096})
            .Optional("call_timeout_ms", &GatewayLimits::call_timeout_ms,
                      "The longest that a call may take, milliseconds",
                      {.minimum = 100, .maximum = 120'000})
            .Optional("parallel", &GatewayLimits::parallel, "Calls at one time",
                      {.minimum = 1, .maximum = 64});
    return schema;
}

const config::ObjectSchema<GatewayConfig>& GatewayConfig::Schema() {
    static const auto schema =
        config::ObjectSchema<GatewayConfig>("A connection to a provider")
            .Required("id", &GatewayConfig::id,
                      "The tenant's word for it; it is kept with everything done by it",
                      {.pattern = kIdPattern, .check = CheckId})
            .Required("gateway", &GatewayConfig::gateway,
                      "Which gateway; `livery gateway list` names those that there are")
            .Optional("isolation", &GatewayConfig::isolation,
                      "Where its code runs: process (a confined one that tenants share), "
                      "process-per-tenant, or none: in the host itself, for trusted ones only",
                      {.one_of = {"none", "process", "process-per-tenant"}})
            .Optional("limits", &GatewayConfig::limits, "What it may use")
            .Optional("config", &GatewayConfig::config,
                      "Its own settings; `livery gateway inspect` describes them. Of secrets the "
                      "name of their file in the secrets folder");
    return schema;
}

std::vector<std::shared_ptr<const ConfiguredGateway>> ReadGateways(
    const GatewayChecks::Owner& owner, const std::vector<GatewayConfig>& wanted,
    const config::Node* node, const config::Reader& reader, GatewayChecks* checks) {
    std::vector<std::shared_ptr<const ConfiguredGateway>> read;
    std::set<std::string> ids;
    for (std::size_t i = 0; node != nullptr && i < wanted.size(); ++i) {
        const GatewayConfig& one = wanted[i];
        const config::Node& entry = node->items.at(i);
        const config::Reader at = reader.Item(i);
        if (!one.id.empty() && !ids.insert(one.id).second) {
            const config::Node* id = entry.Find("id");
            at.Below("id").Report(id->at, fmt::format("`{}` is listed twice", one.id));
        }
        if (one.gateway.empty() || checks == nullptr) continue;
        GatewayChecks::Checked checked = checks->Check(owner, one, entry, at);
        read.push_back(std::make_shared<const ConfiguredGateway>(
            ConfiguredGateway{one.id, one.gateway, IsolationOf(one.isolation), one.limits,
                              std::move(checked.config), std::move(checked.waits_for)}));
    }
    return read;
}

}  // namespace livery::tenancy
