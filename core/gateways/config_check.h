#pragma once

#include "gateways/gateway_files.h"
#include "gateways/secret_store.h"
#include "tenancy/gateway_config.h"

namespace livery::gateways {

// Checks what tenants write below `gateways:` against what the files say of themselves, before any
// code of theirs runs. What it borrows outlives it.
class ConfigCheck final : public tenancy::GatewayChecks {
 public:
    ConfigCheck(GatewayFiles& files, const SecretStore& secrets)
        : files_(files), secrets_(secrets) {}

    void Refresh() override { files_.Refresh(); }
    nlohmann::json Check(const Owner& owner, const tenancy::GatewayConfig& wanted,
                         const config::Node& entry, const config::Reader& reader) override;

 private:
    GatewayFiles::File FileOf(const Owner& owner, const std::string& id, config::Position at,
                              const config::Reader& reader);

    GatewayFiles& files_;
    const SecretStore& secrets_;
};

}  // namespace livery::gateways
