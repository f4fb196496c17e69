#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "db/embedded_server.h"
#include "db/mariadb_database.h"
#include "db/migrator.h"

namespace livery::db::testing {

// A real server with a migrated database in a folder of its own, gone when this ends. Not durable
// unless told. Start one per test program: it takes about a second.
class PrivateServer {
    // First, so that it outlives the server.
    struct Folder {
        std::filesystem::path path;
        Folder() {
            std::string pattern = "/tmp/livery-db-XXXXXX";
            path = ::mkdtemp(pattern.data());
            // The account that the server gives its files to must get in.
            std::filesystem::permissions(path, std::filesystem::perms(0755));
        }
        ~Folder() { std::filesystem::remove_all(path); }
    };
    Folder folder_;

 public:
    // `components`: folders of core/ whose migrations are applied, in order.
    PrivateServer(const std::vector<std::string>& components, std::size_t connections,
                  Durability durability = Durability::kTestOnly, int buffer_pool_mib = 16)
        : embedded({folder() / "db", buffer_pool_mib, 20, durability, [](const std::string&) {}}),
          pool(embedded.endpoint(), connections, std::chrono::milliseconds(300)),
          database(pool) {
        std::vector<MigrationSource> sources;
        for (const std::string& name : components) {
            sources.push_back(
                {name, std::filesystem::path(LIVERY_SOURCE_DIR) / "core" / name / "migrations"});
        }
        Migrator(embedded.endpoint()).Apply(ReadMigrations(sources), [](const Migration&) {});
    }
    const std::filesystem::path& folder() const { return folder_.path; }

    EmbeddedServer embedded;
    Pool pool;
    MariadbDatabase database;
};

}  // namespace livery::db::testing
