#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "db/connection.h"

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

// Brings a database up to date, in the order given. Two hosts that start at a time take turns (a
// lease row). Throws std::runtime_error when an applied file has changed since.
class Migrator {
 public:
    explicit Migrator(Connection& connection) : connection_(connection) {}
    // Returns how many it applied; `progress` hears of each.
    std::size_t Apply(const std::vector<Migration>& all,
                      const std::function<void(const Migration&)>& progress);

 private:
    void CreateOwnTables();
    std::vector<Migration> Pending(const std::vector<Migration>& all);
    Connection& connection_;
};

}  // namespace livery::db
