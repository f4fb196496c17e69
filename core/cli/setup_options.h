#pragma once

#include "cli/commands.h"
#include "cli/runtime.h"

namespace livery::cli {

// The setup with what the command line changes of it.
HostSetup SetupFor(const Options& options);

}  // namespace livery::cli
