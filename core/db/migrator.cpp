#include "db/migrator.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>

#include <fmt/format.h>
#include <sodium.h>

namespace livery::db {

namespace fs = std::filesystem;

namespace {

// The host's own book-keeping, over all tenants.
constexpr const char* kCreateTable =
    "CREATE TABLE IF NOT EXISTS schema_migration (component VARCHAR(32) CHARACTER SET ascii NOT "
    "NULL, "
    "number INT NOT NULL, name VARCHAR(80) CHARACTER SET ascii NOT NULL, checksum CHAR(32) "
    "CHARACTER SET ascii "
    "NOT NULL, applied_at DATETIME(6) NOT NULL, PRIMARY KEY (component, number)) ENGINE = InnoDB";
constexpr const char* kFindTable =
    "SELECT 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = "
    "'schema_migration'";
constexpr const char* kListApplied = "SELECT component, number, checksum FROM schema_migration";
constexpr const char* kNote =
    "INSERT INTO schema_migration (component, number, name, checksum, applied_at) VALUES (?, ?, ?, "
    "?, UTC_TIMESTAMP(6))";

// A statement that rebuilds a large table may take that long.
constexpr std::chrono::hours kLongest{24};

std::string Checksum(const std::string& text) {
    std::array<unsigned char, 16> hash{};
    crypto_generichash(hash.data(), hash.size(),
                       reinterpret_cast<const unsigned char*>(text.data()), text.size(), nullptr,
                       0);
    std::array<char, 33> hex{};
    sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
    return hex.data();
}

Migration ReadOne(const MigrationSource& source, const fs::path& file) {
    const std::string name = file.stem().string();
    const bool named =
        name.size() > 5 && name.find_first_not_of("0123456789") == 4 && name[4] == '_';
    if (!named)
        throw std::runtime_error(
            fmt::format("{}: a migration is named NNNN_verb_noun.sql", file.string()));
    std::ifstream in(file);
    std::ostringstream text;
    text << in.rdbuf();
    return {source.component, std::stoi(name.substr(0, 4)), name, text.str(), Checksum(text.str())};
}

std::vector<fs::path> FilesOf(const fs::path& folder) {
    std::vector<fs::path> files;
    if (fs::is_directory(folder)) {
        for (const auto& entry : fs::directory_iterator(folder)) {
            if (entry.path().extension() == ".sql") files.push_back(entry.path());
        }
    }
    std::sort(files.begin(), files.end());
    return files;
}

}  // namespace

std::vector<Migration> ReadMigrations(const std::vector<MigrationSource>& sources) {
    std::vector<Migration> all;
    for (const MigrationSource& source : sources) {
        int expected = 1;
        for (const fs::path& file : FilesOf(source.folder)) {
            all.push_back(ReadOne(source, file));
            if (all.back().number != expected) {
                throw std::runtime_error(
                    fmt::format("{}: expected number {:04}", file.string(), expected));
            }
            ++expected;
        }
    }
    return all;
}

Migrator::Migrator(const Endpoint& endpoint, MigrationLease::Options lease)
    : endpoint_(endpoint), lease_(lease), connection_(endpoint, kLongest) {}

std::vector<Migration> Migrator::Pending(const std::vector<Migration>& all) {
    std::map<std::pair<std::string, int>, std::string> applied;
    // A database that was never migrated has no such table yet.
    if (!connection_.Query("core.find_migrations", kFindTable, "", {}).empty()) {
        for (const Row row : connection_.Query("core.list_migrations", kListApplied, "", {}))
            applied[{std::string(row.Text(0)), row.Int(1)}] = row.Text(2);
    }
    std::vector<Migration> pending;
    for (const Migration& migration : all) {
        const auto found = applied.find({migration.component, migration.number});
        if (found == applied.end()) {
            pending.push_back(migration);
        } else if (found->second != migration.checksum) {
            throw std::runtime_error(fmt::format(
                "{}/{} was changed after it had been applied; restore it and write a new one",
                migration.component, migration.name));
        }
    }
    return pending;
}

std::size_t Migrator::Apply(const std::vector<Migration>& all,
                            const std::function<void(const Migration&)>& progress) {
    MigrationLease lease(endpoint_, lease_);
    connection_.Run(kCreateTable);
    const std::vector<Migration> pending = Pending(all);
    for (const Migration& migration : pending) {
        lease.Check();
        progress(migration);
        connection_.Run(migration.sql);
        connection_.Execute(
            "core.note_migration", kNote, "",
            {migration.component, migration.number, migration.name, migration.checksum});
    }
    return pending.size();
}

}  // namespace livery::db
