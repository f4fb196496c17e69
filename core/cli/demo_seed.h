#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "adapters/switchable.h"
#include "host/plugin_registry.h"
#include "tenancy/house.h"

namespace livery::cli {

// Fills an empty database with the tenants' demo.yaml, through the plugins' own use cases, at times
// in the past. The same files give the same data on the same day, ids included. A seeding that was
// cut off (the process was killed) leaves a mark in the data folder; the next start empties the
// database and seeds anew: nobody can have used it.
class DemoSeed {
 public:
    using Progress = std::function<void(const std::string&)>;

    DemoSeed(const std::filesystem::path& data_dir, std::filesystem::path tenants_dir)
        : mark_(data_dir / "demo.unfinished"), tenants_dir_(std::move(tenants_dir)) {}

    // What generators write through; the clock and the ids are lent to the past meanwhile.
    struct Host {
        const host::Contributions& contributions;
        adapters::SwitchableClock& clock;
        adapters::SwitchableIdSource& ids;
    };

    bool was_cut_off() const { return std::filesystem::exists(mark_); }
    // Throws ConfigProblems when a demo.yaml is wrong.
    void Run(const tenancy::House& house, const Host& host, const Progress& progress) const;

 private:
    void SeedTenant(const tenancy::Site& site, Instant now, const Host& host,
                    const Progress& progress) const;

    std::filesystem::path mark_;
    std::filesystem::path tenants_dir_;
};

}  // namespace livery::cli
