#include "cli/host_database.h"

#include <stdexcept>

#include <fmt/format.h>

#include "log/log.h"

namespace livery::cli {

namespace fs = std::filesystem;

namespace {

constexpr const char* kCoreMigrations[]{"db",     "identity", "audit", "api", "clock",
                                        "events", "gateways", "jobs",  "mail"};

}  // namespace

fs::path DatabaseFolder(const HostSetup& setup) {
    return fs::path(setup.config.data_dir) / "database";
}

std::unique_ptr<db::EmbeddedServer> StartEmbedded(const HostSetup& setup,
                                                  std::chrono::seconds patience) {
    const config::DatabaseConfig& config = setup.config.database;
    return std::make_unique<db::EmbeddedServer>(db::EmbeddedOptions{
        DatabaseFolder(setup), config.buffer_pool_mib, config.connections, db::Durability::kFull,
        [](const std::string& text) {
            log::Write(log::Level::kError, "database", {{"what", text}});
        },
        patience});
}

CommandDatabase::CommandDatabase(const HostSetup& setup)
    : endpoint_(ExternalEndpoint(setup.config.database)) {
    if (!setup.config.database.embedded()) return;
    const fs::path folder = DatabaseFolder(setup);
    if (!fs::exists(folder / "data")) {
        throw std::runtime_error(fmt::format(
            "There is no database in {}; say where it is by --data or --config.", folder.string()));
    }
    endpoint_ = db::EmbeddedServer::EndpointIn(folder);
    if (!db::EmbeddedServer::IsInUse(folder)) server_ = StartEmbedded(setup, {});
}

std::vector<db::MigrationSource> MigrationSources(const HostSetup& setup,
                                                  const std::vector<host::FoundPlugin>& plugins) {
    std::vector<db::MigrationSource> sources;
    for (const char* component : kCoreMigrations)
        sources.push_back({component, setup.plugins_dir.parent_path() / "migrations" / component});
    for (const host::FoundPlugin& found : plugins) {
        if (found.refused.empty())
            sources.push_back({found.manifest.id, found.folder / "migrations"});
    }
    return sources;
}

std::vector<db::Migration> PendingMigrations(const HostSetup& setup) {
    std::vector<db::Migration> all =
        db::ReadMigrations(MigrationSources(setup, OfflineHost(setup).plugins));
    if (setup.config.database.embedded() && !fs::exists(DatabaseFolder(setup) / "data")) return all;
    return db::Migrator(CommandDatabase(setup).endpoint()).Pending(all);
}

}  // namespace livery::cli
