#include "cli/host_database.h"

#include <livery/db/failure.h>

#include "log/log.h"

namespace livery::cli {

namespace fs = std::filesystem;

namespace {

constexpr const char* kCoreMigrations[]{"db", "identity", "audit", "mail"};

bool Answers(const db::Endpoint& endpoint) {
    try {
        const db::Connection connection(endpoint);
        return true;
    } catch (const db::Unavailable&) {
        return false;
    }
}

}  // namespace

db::EmbeddedOptions EmbeddedOptionsOf(const config::HostConfig& config) {
    return {fs::absolute(config.data_dir) / "database", config.database.buffer_pool_mib,
            config.database.connections, db::Durability::kFull, [](const std::string& text) {
                log::Write(log::Level::kError, "database", {{"what", text}});
            }};
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
    const std::vector<db::Migration> all =
        db::ReadMigrations(MigrationSources(setup, OfflineHost(setup).plugins));
    if (!setup.config.database.embedded())
        return db::Migrator(ExternalEndpoint(setup.config.database)).Pending(all);
    const db::EmbeddedOptions options = EmbeddedOptionsOf(setup.config);
    if (!fs::exists(options.folder / "data")) return all;
    const db::Endpoint running = db::EmbeddedServer::EndpointIn(options.folder);
    if (Answers(running)) return db::Migrator(running).Pending(all);
    const db::EmbeddedServer server(options);
    return db::Migrator(server.endpoint()).Pending(all);
}

}  // namespace livery::cli
