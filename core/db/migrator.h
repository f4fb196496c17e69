#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "db/connection.h"
#include "db/migration_lease.h"

namespace livery::db {

// A component's `migrations/NNNN_verb_noun.sql`: forward only, one DDL statement each, written so
// that running it twice does no harm (MariaDB commits DDL by itself, so a killed run may have done
// it without having noted it).
struct MigrationSource {
    std::string component;
    std::filesystem::path folder;
};

struct Migration {
    std::string component;
    int number = 0;
    std::string name;  // "0001_create_account"
    std::string sql;
    std::string checksum;
};

// Reads the files. Throws std::runtime_error naming the file: a bad name, a gap or a number twice.
std::vector<Migration> ReadMigrations(const std::vector<MigrationSource>& sources);

// Brings a database up to date, in the order given, over a connection of its own on which a
// statement may take a day. Hosts that start at a time take turns (MigrationLease).
class Migrator {
 public:
    explicit Migrator(const Endpoint& endpoint, MigrationLease::Options lease = {});
    // Returns how many it applied; `progress` hears of each. Throws std::runtime_error when an
    // applied file has changed since, or the turn does not come.
    std::size_t Apply(const std::vector<Migration>& all,
                      const std::function<void(const Migration&)>& progress);
    // What Apply would do now. Only reads; throws as Apply does when an applied file has changed.
    std::vector<Migration> Pending(const std::vector<Migration>& all);

 private:
    const Endpoint endpoint_;
    const MigrationLease::Options lease_;
    Connection connection_;
};

}  // namespace livery::db
