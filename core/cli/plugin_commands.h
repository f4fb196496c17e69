#pragma once

#include "cli/setup_options.h"

namespace livery::cli {

// Loads the plugins and adds a subcommand for each command of theirs. Throws ConfigProblems when
// livery.yaml is wrong.
void AddPluginCommands(CLI::App& app, Options& options, const HostSetup& setup);

}  // namespace livery::cli
