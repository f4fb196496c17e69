// Every SQL statement of the core and of the plugins, prepared by a real server that holds the
// tables which the migrations make.

#include <fstream>
#include <set>

#include <gtest/gtest.h>

#include <livery/db/failure.h>

#include "db/sql_text.h"
#include "db/testing/private_server.h"
#include "db/testing/statement_scan.h"

namespace livery::db {
namespace {

namespace fs = std::filesystem;
using testing::ScannedStatement;
using testing::StatementScan;

const fs::path kSource = LIVERY_SOURCE_DIR;

StatementScan ScanAll() {
    StatementScan scan;
    for (const char* folder : {"core", "plugins"}) testing::ScanFolder(kSource / folder, scan);
    return scan;
}

// What a search for the usual spelling finds: the scanner must not find less.
std::size_t Spelled() {
    constexpr std::string_view kSpelling = "Statement k";
    std::size_t count = 0;
    for (const char* folder : {"core", "plugins"}) {
        for (const auto& entry : fs::recursive_directory_iterator(kSource / folder)) {
            const std::string path = entry.path().string();
            if (entry.path().extension() != ".cpp" || path.ends_with("_test.cpp")) continue;
            if (path.find("/testing/") != std::string::npos) continue;
            std::ifstream in(path);
            const std::string text((std::istreambuf_iterator<char>(in)), {});
            for (auto at = text.find(kSpelling); at != std::string::npos;
                 at = text.find(kSpelling, at + 1))
                ++count;
        }
    }
    return count;
}

std::vector<MigrationSource> EveryMigration() {
    std::vector<MigrationSource> sources;
    for (const char* folder : {"core", "plugins"}) {
        for (const auto& entry : fs::directory_iterator(kSource / folder)) {
            if (fs::is_directory(entry.path() / "migrations"))
                sources.push_back({entry.path().filename(), entry.path() / "migrations"});
        }
    }
    return sources;
}

// The server's objection to preparing `sql`; empty when it has none.
std::string Objection(Connection& connection, const std::string& sql) {
    connection.Execute("test.set", "SET @livery_sql = ?", "", {sql});
    try {
        connection.Run("PREPARE livery_statement FROM @livery_sql");
        connection.Run("DEALLOCATE PREPARE livery_statement");
        return "";
    } catch (const Failure&) {
        connection.Run("GET DIAGNOSTICS CONDITION 1 @livery_message = MESSAGE_TEXT");
        const Rows rows = connection.Query("test.message", "SELECT @livery_message", "", {});
        return std::string(rows.Only().Text(0));
    }
}

TEST(StatementScan, JoinsLiteralsAndExpandsMacros) {
    StatementScan scan;
    testing::ScanStatements("x.cpp", R"(
#define COLUMNS "a, " \
                "b"
// constexpr Statement kNo{"x.no", "SELECT"};
using db::Statement;
constexpr db::Statement kYes{"x.yes",  /* why */
    "SELECT " COLUMNS " FROM t "
    "WHERE s = \"q\""};
Rows Query(const Statement& statement);
)",
                            scan);
    ASSERT_EQ(scan.statements.size(), 1U);
    EXPECT_TRUE(scan.not_understood.empty());
    EXPECT_EQ(scan.statements[0].name, "x.yes");
    EXPECT_EQ(scan.statements[0].sql, "SELECT a, b FROM t WHERE s = \"q\"");
    EXPECT_EQ(scan.statements[0].where, "x.cpp:6");
}

TEST(StatementScan, NamesWhatItDoesNotUnderstand) {
    StatementScan scan;
    testing::ScanStatements("x.cpp", "constexpr Statement kAll[]{{\"a\", \"b\"}};", scan);
    testing::ScanStatements("y.cpp", "\nconstexpr Statement kOne(\"a\", \"b\");", scan);
    testing::ScanStatements("z.cpp", "constexpr Statement kOne{\"a\", Sql()};", scan);
    EXPECT_EQ(scan.not_understood, (std::vector<std::string>{"x.cpp:1", "y.cpp:2", "z.cpp:1"}));
}

TEST(Statements, EveryOneIsPreparedByTheMigratedServer) {
    testing::PrivateServer server({}, 2);
    const auto loan = server.pool.Borrow();
    Migrator(server.embedded.endpoint())
        .Apply(ReadMigrations(EveryMigration()), [](const Migration&) {});
    const StatementScan scan = ScanAll();
    for (const std::string& where : scan.not_understood)
        ADD_FAILURE() << where << ": write it as `constexpr Statement kName{\"name\", \"SQL\"};`";
    std::size_t prepared = 0;
    for (const ScannedStatement& statement : scan.statements) {
        const std::string objection = Objection(*loan, PrepareText(statement.sql).sql);
        EXPECT_EQ(objection, "") << statement.where << ": " << statement.name;
        prepared += objection.empty() ? 1 : 0;
    }
    EXPECT_EQ(prepared, scan.statements.size());
    EXPECT_GE(scan.statements.size(), Spelled());
    EXPECT_GT(prepared, 0U);
    RecordProperty("prepared", static_cast<int>(prepared));
}

// A process that is killed between a change and its record runs it again at the next start.
TEST(Migrations, EveryOneMayRunTwice) {
    testing::PrivateServer server({}, 2);
    const auto loan = server.pool.Borrow();
    const std::vector<Migration> all = ReadMigrations(EveryMigration());
    Migrator(server.embedded.endpoint()).Apply(all, [](const Migration&) {});
    for (const Migration& migration : all)
        EXPECT_NO_THROW(loan->Run(migration.sql)) << migration.component << "/" << migration.name;
}

// Logs and timings tell statements apart by it.
TEST(Statements, EveryNameIsGivenOnce) {
    std::set<std::string> names;
    for (const ScannedStatement& statement : ScanAll().statements)
        EXPECT_TRUE(names.insert(statement.name).second)
            << statement.where << ": " << statement.name << " is taken";
}

}  // namespace
}  // namespace livery::db
