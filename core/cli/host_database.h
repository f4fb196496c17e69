#pragma once

#include <chrono>
#include <vector>

#include "cli/runtime.h"

namespace livery::cli {

// Where the private server of a setup without an external one lives; and starting it, when
// whoever has it now is gone within `patience`.
std::filesystem::path DatabaseFolder(const HostSetup& setup);
std::unique_ptr<db::EmbeddedServer> StartEmbedded(const HostSetup& setup,
                                                  std::chrono::seconds patience);

// The database for one command: the configured server, the one of a running host, or else the
// private server, started for as long as this lives. Throws when there is no database yet: a
// command that looks makes none.
class CommandDatabase {
 public:
    explicit CommandDatabase(const HostSetup& setup);
    const db::Endpoint& endpoint() const { return endpoint_; }

 private:
    db::Endpoint endpoint_;
    std::unique_ptr<db::EmbeddedServer> server_;
};

// Core first, then every plugin that was not refused.
std::vector<db::MigrationSource> MigrationSources(const HostSetup& setup,
                                                  const std::vector<host::FoundPlugin>& plugins);

// What a start would apply to the database; changes nothing in it. Asks the server of a running
// host; without one the private server is started for the question, unless there is none yet.
std::vector<db::Migration> PendingMigrations(const HostSetup& setup);

}  // namespace livery::cli
