// Whose turn it is to migrate, and what becomes of a turn whose holder dies or is slow.

#include "db/migrator.h"

#include <cstdlib>
#include <fstream>
#include <thread>

#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <livery/db/failure.h>

#include "db/testing/private_server.h"
#include "process/child_process.h"

namespace livery::db {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr const char* kSocketVariable = "LIVERY_TEST_LEASE_SOCKET";

testing::PrivateServer& Server() {
    static testing::PrivateServer server({}, 4);
    return server;
}

const MigrationLease::Options kImpatient{milliseconds(60'000), milliseconds(10'000),
                                         milliseconds(500)};

class MigratorTest : public ::testing::Test {
 protected:
    void SetUp() override { Run("DROP TABLE IF EXISTS schema_lease, schema_migration, x"); }
    void Run(const std::string& sql) { Server().pool.Borrow()->Run(sql); }
    const Endpoint endpoint = Server().embedded.endpoint();
    const std::vector<Migration> none{};
    const std::function<void(const Migration&)> silent = [](const Migration&) {};
    bool IsHeld() {
        try {
            return !Server()
                        .pool.Borrow()
                        ->Query("test.held", "SELECT 1 FROM schema_lease WHERE owner <> ''", "", {})
                        .empty();
        } catch (const Failure&) {
            return false;  // no such table yet
        }
    }
    std::string WhatApplySays(const MigrationLease::Options& options) {
        try {
            Migrator(endpoint, options).Apply(none, silent);
            return "";
        } catch (const std::runtime_error& error) {
            return error.what();
        }
    }
};

// Run by the test below in a process of its own, until it is killed.
TEST(MigrationLeaseHolder, DISABLED_HoldsItUntilKilled) {
    const char* socket = std::getenv(kSocketVariable);
    ASSERT_NE(socket, nullptr);
    const MigrationLease lease({socket, "", 0, "root", "", "livery"}, {});
    ::pause();
}

TEST_F(MigratorTest, ATurnOfADeadProcessIsTakenOverAtOnce) {
    ::setenv(kSocketVariable, endpoint.socket.c_str(), 1);
    auto holder = process::ChildProcess::Start(
        {{fs::read_symlink("/proc/self/exe").string(), "--gtest_also_run_disabled_tests",
          "--gtest_filter=*DISABLED_HoldsItUntilKilled"},
         (Server().folder() / "holder.log").string(),
         ""});
    for (int i = 0; i < 500 && !IsHeld(); ++i) std::this_thread::sleep_for(milliseconds(20));
    ASSERT_TRUE(IsHeld()) << "the other process did not get the lease";
    const std::string refused = WhatApplySays(kImpatient);
    EXPECT_NE(refused.find("process " + std::to_string(holder.pid()) + " on "), std::string::npos)
        << "a living holder must be waited for and named: " << refused;
    holder.Signal(SIGKILL);
    // Not yet reaped: a zombie is as dead.
    std::this_thread::sleep_for(milliseconds(200));
    const auto begun = steady_clock::now();
    EXPECT_EQ(WhatApplySays({}), "");
    EXPECT_LT(steady_clock::now() - begun, std::chrono::seconds(10));
}

TEST_F(MigratorTest, AHolderOfAnotherMachineIsWaitedForUntilItsTermEnds) {
    EXPECT_EQ(WhatApplySays({}), "");
    Run("UPDATE schema_lease SET owner = 'boot/pid:[1] 999999 1 1', host = 'elsewhere', pid = 7, "
        "until_at = UTC_TIMESTAMP(6) + INTERVAL 1 SECOND");
    EXPECT_NE(WhatApplySays(kImpatient).find("process 7 on elsewhere"), std::string::npos);
    EXPECT_EQ(WhatApplySays({}), "");
}

TEST_F(MigratorTest, ATableOfBeforeHoldersHadNamesIsTakenAsItIs) {
    Run("CREATE TABLE schema_lease (id INT NOT NULL PRIMARY KEY, until_at DATETIME(6) NOT NULL)");
    Run("INSERT INTO schema_lease VALUES (1, UTC_TIMESTAMP(6) + INTERVAL 1 SECOND)");
    EXPECT_NE(WhatApplySays(kImpatient), "") << "its holder is somewhere";
    EXPECT_EQ(WhatApplySays({}), "");
}

// A process id is given out again: the start tells them apart.
TEST_F(MigratorTest, AnotherProcessOfTheSameIdIsNotTheHolder) {
    EXPECT_EQ(WhatApplySays({}), "");
    {
        const MigrationLease lease(endpoint, {});
        Run("UPDATE schema_lease SET owner = REGEXP_REPLACE(owner, ' [0-9]+ ([0-9]+)$', ' 1 "
            "\\\\1')");
        EXPECT_EQ(WhatApplySays(kImpatient), "");
    }
}

TEST_F(MigratorTest, ATurnIsRenewedWhileAMigrationRuns) {
    const fs::path folder = Server().folder() / "slow";
    fs::create_directories(folder);
    std::ofstream(folder / "0001_do_sleep.sql") << "DO SLEEP(3)";
    const MigrationLease::Options brief{milliseconds(1000), milliseconds(200), milliseconds(1800)};
    std::thread slow([&] {
        EXPECT_EQ(Migrator(endpoint, brief).Apply(ReadMigrations({{"test", folder}}), silent), 1U);
    });
    for (int i = 0; i < 500 && !IsHeld(); ++i) std::this_thread::sleep_for(milliseconds(20));
    EXPECT_NE(WhatApplySays(brief).find("is migrating the database"), std::string::npos)
        << "it was taken from a living holder";
    slow.join();
    EXPECT_EQ(WhatApplySays(kImpatient), "") << "it was not given back";
}

TEST_F(MigratorTest, WhoLostItsTurnAppliesNothingMore) {
    const fs::path folder = Server().folder() / "two";
    fs::create_directories(folder);
    std::ofstream(folder / "0001_create_x.sql") << "CREATE TABLE IF NOT EXISTS x (id INT)";
    std::ofstream(folder / "0002_drop_x.sql") << "DROP TABLE IF EXISTS x";
    const MigrationLease::Options brief{milliseconds(1000), milliseconds(50), milliseconds(500)};
    const auto rob = [&](const Migration& migration) {
        if (migration.number != 1) return;
        Run("UPDATE schema_lease SET owner = 'boot/pid:[1] 999999 1 1'");
        std::this_thread::sleep_for(milliseconds(400));
    };
    EXPECT_THROW(Migrator(endpoint, brief).Apply(ReadMigrations({{"test", folder}}), rob),
                 std::runtime_error);
    EXPECT_NO_THROW(Run("SELECT 1 INTO @one FROM (SELECT COUNT(*) FROM x) counted"));
}

TEST_F(MigratorTest, WhatIsPendingIsListedWithoutAWrite) {
    const fs::path folder = Server().folder() / "plan";
    fs::create_directories(folder);
    std::ofstream(folder / "0001_create_x.sql") << "CREATE TABLE IF NOT EXISTS x (id INT)";
    const std::vector<Migration> all = ReadMigrations({{"test", folder}});
    Migrator migrator(endpoint);
    ASSERT_EQ(migrator.Pending(all).size(), 1U);
    EXPECT_EQ(migrator.Pending(all)[0].name, "0001_create_x");
    EXPECT_TRUE(Server()
                    .pool.Borrow()
                    ->Query("test.tables",
                            "SELECT 1 FROM information_schema.tables WHERE table_schema = "
                            "'livery' AND table_name IN ('x', 'schema_lease', 'schema_migration')",
                            "", {})
                    .empty());
    migrator.Apply(all, silent);
    EXPECT_TRUE(migrator.Pending(all).empty());
}

}  // namespace
}  // namespace livery::db
