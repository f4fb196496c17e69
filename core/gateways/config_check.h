#pragma once

#include <functional>
#include <optional>

#include "gateways/gateway_files.h"
#include "gateways/secret_store.h"
#include "tenancy/gateway_config.h"

namespace livery::gateways {

// Of the provider that `livery demo` brings: the settings of its gateway for a tenant, so that a
// demo needs none in tenant.yaml. nullopt: none was brought here.
using DemoSettings = std::function<std::optional<nlohmann::json>(const TenantId& tenant)>;

// Checks what tenants write below `gateways:` against what the files say of themselves, before any
// code of theirs runs. What it borrows outlives it.
class ConfigCheck final : public tenancy::GatewayChecks {
 public:
    ConfigCheck(GatewayFiles& files, const SecretStore& secrets, DemoSettings demo = {})
        : files_(files), secrets_(secrets), demo_(std::move(demo)) {}

    void Refresh() override { files_.Refresh(); }
    Checked Check(const Owner& owner, const tenancy::GatewayConfig& wanted,
                  const config::Node& entry, const config::Reader& reader) override;

 private:
    // What is left out of `node` and comes from the demo's provider. False: it is not there yet.
    bool Complete(const Owner& owner, const GatewayManifest& manifest, config::Node& node) const;
    GatewayFiles::File FileOf(const Owner& owner, const std::string& id, config::Position at,
                              const config::Reader& reader);

    GatewayFiles& files_;
    const SecretStore& secrets_;
    DemoSettings demo_;
};

}  // namespace livery::gateways
