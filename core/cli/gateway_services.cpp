#include "cli/gateway_services.h"

#include <algorithm>
#include <filesystem>

#include "cli/demo_provider.h"
#include "log/log.h"

namespace livery::cli {

std::string GatewayHelperProgram() {
    const auto here = std::filesystem::read_symlink("/proc/self/exe").parent_path();
    return (here / "livery-plugin-host").string();
}

GatewayServices::GatewayServices(const HostSetup& setup, Given given)
    : secrets(setup.secrets_dir()),
      files(setup.gateways_dir(), GatewayHelperProgram(), setup.config.allow_uncertified),
      checks(files, secrets, DemoSettingsIn(setup.config.data_dir)),
      store(given.database),
      pool(GatewayHelperProgram()),
      port(std::make_shared<gateways::TenantGateways>(gateways::TenantGateways::Parts{
          std::move(given.house), files, secrets, store, given.tenant_time, given.clock, pool,
          std::max(1, setup.config.workers / 2)})) {}

void GatewayServices::LogRefused() {
    for (const auto& file : files.All()) {
        if (!file->refused.empty())
            log::Write(log::Level::kError, "gateway.disabled",
                       {{"gateway", file->manifest.id}, {"reason", file->refused}});
    }
}

}  // namespace livery::cli
