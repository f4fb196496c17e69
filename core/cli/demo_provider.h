#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "cli/runtime.h"
#include "gateways/config_check.h"
#include "process/supervisor.h"

namespace livery::cli {

// The provider of play money that `livery demo` brings: `livery-sandbox-provider`, a process beside
// this one with books of its own in `<data>/provider`. It ends with us. A tenant whose `mode` is
// not live and that has a gateway of it needs no settings there: its merchant is named as the
// tenant, its keys are drawn once into the secrets folder, and the provider tells it of events at
// its first host.
class DemoProvider {
 public:
    // Returns once it listens. Throws std::runtime_error with what to do.
    explicit DemoProvider(const HostSetup& setup);
    ~DemoProvider();

 private:
    void Lock();
    void WriteMerchants(const HostSetup& setup) const;
    bool StartOn(int port);

    std::filesystem::path folder_;
    int lock_ = -1;
    std::unique_ptr<process::Supervisor> program_;
};

// The settings of tenants as the provider of this data folder was last started; commands beside a
// demo read the same.
gateways::DemoSettings DemoSettingsIn(const std::filesystem::path& data_folder);

}  // namespace livery::cli
