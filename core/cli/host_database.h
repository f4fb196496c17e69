#pragma once

#include <vector>

#include "cli/runtime.h"

namespace livery::cli {

// The private server of a setup without an external one.
db::EmbeddedOptions EmbeddedOptionsOf(const config::HostConfig& config);

// Core first, then every plugin that was not refused.
std::vector<db::MigrationSource> MigrationSources(const HostSetup& setup,
                                                  const std::vector<host::FoundPlugin>& plugins);

// What a start would apply to the database; changes nothing in it. Asks the server of a running
// host; without one the private server is started for the question, unless its folder is not there.
std::vector<db::Migration> PendingMigrations(const HostSetup& setup);

}  // namespace livery::cli
