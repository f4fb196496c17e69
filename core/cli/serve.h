#pragma once

#include <string>

#include "cli/runtime.h"

namespace livery::cli {

struct ServeOptions {
    bool seed_demo = false;
    bool quiet = false;
};

// Runs a host until SIGTERM or SIGINT; SIGHUP reloads tenants and themes. Returns the exit code.
// The caller has blocked these signals before any thread was started.
int Serve(HostSetup setup, const ServeOptions& options);
void BlockSignals();
// For a command that may take long: a person can end it.
void UnblockSignals();

}  // namespace livery::cli
