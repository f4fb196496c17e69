#pragma once

#include <memory>

#include "cli/runtime.h"
#include "gateways/config_check.h"
#include "gateways/key_value_repository.h"
#include "gateways/tenant_gateways.h"

namespace livery::cli {

// The gateways of one host: their files, their processes, and the port that plugins ask. No process
// is started before the folder is read. What it is given outlives it.
struct GatewayServices {
    struct Given {
        db::Database& database;
        TenantTime& tenant_time;
        const Clock& clock;
        std::function<std::shared_ptr<const tenancy::House>()> house;
    };
    GatewayServices(const HostSetup& setup, Given given);
    // Which files are disabled, and why.
    void LogRefused();

    gateways::SecretStore secrets;
    gateways::GatewayFiles files;
    gateways::ConfigCheck checks;
    gateways::KeyValueRepository store;
    gateways::GatewayPool pool;
    std::shared_ptr<gateways::TenantGateways> port;
};

// The path of livery-plugin-host, beside this program.
std::string GatewayHelperProgram();

}  // namespace livery::cli
