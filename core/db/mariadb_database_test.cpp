#include "db/mariadb_database.h"

#include <barrier>
#include <fstream>
#include <thread>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/file.h>
#include <unistd.h>

#include <livery/check.h>
#include <livery/db/failure.h>

#include "db/sql_text.h"
#include "db/testing/private_server.h"

namespace livery::db {
namespace {

namespace fs = std::filesystem;

constexpr Statement kInsert{
    "test.insert", "INSERT INTO thing (tenant_id, id, n, t, d, s) VALUES (:tenant, ?, ?, ?, ?, ?)"};
constexpr Statement kFind{"test.find",
                          "SELECT id, n, t, d, s FROM thing WHERE tenant_id = :tenant AND id = ?"};
constexpr Statement kAdd{"test.add",
                         "UPDATE thing SET n = n + ? WHERE tenant_id = :tenant AND id = ?"};
constexpr Statement kCount{"test.count", "SELECT COUNT(*) FROM thing WHERE tenant_id = :tenant"};

Uuid IdOf(std::uint8_t n) {
    Uuid id;
    id.bytes[15] = n;
    return id;
}

// One for the whole program, with a table of our own.
testing::PrivateServer& Server() {
    static testing::PrivateServer server({"db"}, 4);
    static const bool made = [] {
        server.pool.Borrow()->Run(
            "CREATE TABLE thing (tenant_id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT "
            "NULL, "
            "id BINARY(16) NOT NULL, n BIGINT NULL, t DATETIME(6) NULL, d DATE NULL, s LONGTEXT "
            "NULL, "
            "PRIMARY KEY (tenant_id, id))");
        return true;
    }();
    EXPECT_TRUE(made);
    return server;
}

class MariadbDatabaseTest : public ::testing::Test {
 protected:
    void SetUp() override { Server().pool.Borrow()->Run("DELETE FROM thing"); }
    MariadbDatabase& db = Server().database;
    const TenantId a{"a"};
    const TenantId b{"b"};
    // NOLINTNEXTLINE(readability-function-size): a column each
    void Put(const TenantId& tenant, Uuid id, Param n, Param t, Param d, Param s) {
        db.Transact(tenant, [&](Transaction& tx) { tx.Execute(kInsert, {id, n, t, d, s}); });
    }
    std::int64_t Count(const TenantId& tenant) {
        return db.Query(tenant, kCount, {}).Only().Int64(0);
    }
};

TEST(SqlText, BindsTheTenantOnlyOutsideQuotes) {
    const auto text = PrepareText("SELECT ':tenant', ? FROM t WHERE tenant_id = :tenant");
    EXPECT_EQ(text.sql, "SELECT ':tenant', ? FROM t WHERE tenant_id = ?");
    EXPECT_EQ(text.tenant_at, (std::vector<bool>{false, true}));
}

TEST_F(MariadbDatabaseTest, ValuesComeBackAsTheyWent) {
    const Instant now =
        Date(std::chrono::year(2026) / 11 / 23) + std::chrono::microseconds(86'399'999'999);
    const std::string bytes("a\0\r\n\xF0\x9F\x98\x80", 8);
    Put(a, IdOf(1), INT64_MIN, now, Date(std::chrono::year(2024) / 2 / 29), bytes);
    const Rows rows = db.Query(a, kFind, {IdOf(1)});
    const Row row = rows.Only();
    EXPECT_EQ(row.Id(0), IdOf(1));
    EXPECT_EQ(row.Int64(1), INT64_MIN);
    EXPECT_EQ(row.Time(2), now);
    EXPECT_EQ(ToIso(row.Date(3)), "2024-02-29");
    EXPECT_EQ(row.Text(4), bytes);
}

TEST_F(MariadbDatabaseTest, NullsAndAMegabyteOfText) {
    Put(a, IdOf(1), std::nullopt, std::nullopt, std::nullopt, std::nullopt);
    const std::string large(1 << 20, 'x');
    Put(a, IdOf(2), 1, std::nullopt, std::nullopt, large);
    const Rows none = db.Query(a, kFind, {IdOf(1)});
    for (std::size_t column = 1; column < 5; ++column) EXPECT_TRUE(none.Only().IsNull(column));
    EXPECT_THROW(none.Only().Int64(1), BrokenInvariant);
    EXPECT_EQ(db.Query(a, kFind, {IdOf(2)}).Only().Text(4), large);
}

TEST_F(MariadbDatabaseTest, ATenantSeesOnlyItsOwnRows) {
    Put(a, IdOf(1), 1, std::nullopt, std::nullopt, "");
    EXPECT_EQ(Count(a), 1);
    EXPECT_EQ(Count(b), 0);
    EXPECT_TRUE(db.Query(b, kFind, {IdOf(1)}).empty());
}

TEST_F(MariadbDatabaseTest, AThrowRollsEverythingBack) {
    EXPECT_THROW(db.Transact(a,
                             [&](Transaction& tx) {
                                 tx.Execute(kInsert, {IdOf(1), 1, std::nullopt, std::nullopt, ""});
                                 throw std::runtime_error("no");
                             }),
                 std::runtime_error);
    EXPECT_EQ(Count(a), 0);
}

TEST_F(MariadbDatabaseTest, ADuplicateIsItsOwnKindOfFailure) {
    Put(a, IdOf(1), 1, std::nullopt, std::nullopt, "");
    EXPECT_THROW(Put(a, IdOf(1), 1, std::nullopt, std::nullopt, ""), DuplicateKey);
    EXPECT_EQ(Count(a), 1) << "the connection must still be usable";
}

// Two transactions that lock the same rows in opposite order: one is chosen as victim and must
// succeed when it runs again.
TEST_F(MariadbDatabaseTest, ADeadlockIsRunAgain) {
    Put(a, IdOf(1), 0, std::nullopt, std::nullopt, "");
    Put(a, IdOf(2), 0, std::nullopt, std::nullopt, "");
    std::barrier both(2);
    std::atomic<int> runs = 0;
    const auto cross = [&](std::uint8_t first, std::uint8_t second) {
        bool waited = false;
        db.Transact(a, [&](Transaction& tx) {
            ++runs;
            tx.Execute(kAdd, {1, IdOf(first)});
            if (!std::exchange(waited, true)) both.arrive_and_wait();
            tx.Execute(kAdd, {1, IdOf(second)});
        });
    };
    std::thread other([&] { cross(2, 1); });
    cross(1, 2);
    other.join();
    EXPECT_EQ(runs, 3);
    EXPECT_EQ(db.Query(a, kFind, {IdOf(1)}).Only().Int64(1), 2);
}

TEST_F(MariadbDatabaseTest, ManyThreadsOnFewConnectionsLoseNoUpdate) {
    Put(a, IdOf(1), 0, std::nullopt, std::nullopt, "");
    std::vector<std::thread> threads;
    const auto add = [&]() -> bool {
        try {
            db.Transact(a, [&](Transaction& tx) { tx.Execute(kAdd, {1, IdOf(1)}); });
            return true;
        } catch (const Unavailable&) {
            return false;  // no connection was free in time
        }
    };
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&] {
            for (int added = 0; added < 25;) added += add() ? 1 : 0;
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(db.Query(a, kFind, {IdOf(1)}).Only().Int64(1), 200);
}

StatementTiming TimingOf(std::string_view name) {
    for (StatementTiming& timing : Snapshot())
        if (timing.name == name) return timing;
    return {};
}

// Failed preparations are counted too: the name is what an operator looks for.
TEST_F(MariadbDatabaseTest, EveryStatementIsTimedByName) {
    static constexpr Statement kSlow{
        "test.slow", "SELECT SLEEP(0.02) FROM thing WHERE tenant_id = :tenant AND n = ?"};
    static constexpr Statement kWrong{"test.wrong",
                                      "SELECT x FROM thing WHERE tenant_id = :tenant"};
    Put(a, IdOf(1), 5, std::nullopt, std::nullopt, "");
    std::vector<std::thread> threads;
    for (int i = 0; i < 3; ++i) {
        threads.emplace_back([&] {
            for (int n = 0; n < 4; ++n) db.Query(a, kSlow, {5});
            EXPECT_THROW(db.Query(a, kWrong, {}), Failure);
        });
    }
    for (std::thread& thread : threads) thread.join();
    const StatementTiming slow = TimingOf("test.slow");
    EXPECT_EQ(slow.count, 12U);
    EXPECT_EQ(slow.errors, 0U);
    EXPECT_GE(slow.longest, std::chrono::milliseconds(20));
    EXPECT_GE(slow.total, 12 * std::chrono::milliseconds(20));
    EXPECT_EQ(TimingOf("test.wrong").count, 3U);
    EXPECT_EQ(TimingOf("test.wrong").errors, 3U);
}

TEST_F(MariadbDatabaseTest, AnExhaustedPoolIsUnavailableAndNotAHang) {
    std::vector<Pool::Loan> loans;
    for (int i = 0; i < 4; ++i) loans.push_back(Server().pool.Borrow());
    EXPECT_THROW(Server().pool.Borrow(), Unavailable);
}

TEST_F(MariadbDatabaseTest, AKilledServerComesBackWithWhatWasCommitted) {
    Put(a, IdOf(1), 1, std::nullopt, std::nullopt, "");
    ::kill(Server().embedded.pid(), SIGKILL);
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(15);
    std::int64_t count = -1;
    while (count < 0 && std::chrono::steady_clock::now() < deadline) {
        try {
            count = Count(a);
        } catch (const Failure&) {
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
    }
    EXPECT_GE(count, 0) << "the database did not come back";
}

TEST_F(MariadbDatabaseTest, ASecondHostOnTheFolderIsToldWhoHasIt) {
    try {
        EmbeddedServer second(
            {Server().folder() / "db", 16, 20, Durability::kTestOnly, [](const std::string&) {}});
        FAIL() << "started twice";
    } catch (const std::runtime_error& error) {
        const std::string expected =
            "in use by another Livery (process " + std::to_string(::getpid()) + ")";
        EXPECT_NE(std::string(error.what()).find(expected), std::string::npos) << error.what();
    }
}

// A mail that comes while the host is started again: its command has the folder for a moment.
TEST_F(MariadbDatabaseTest, AHostWaitsForACommandThatIsAboutToEnd) {
    const fs::path folder = Server().folder() / "waited_for";
    fs::create_directories(folder);
    const int lock = ::open((folder / "livery.lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    ASSERT_EQ(::flock(lock, LOCK_EX | LOCK_NB), 0);
    std::thread command([lock] {
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
        ::close(lock);
    });
    EXPECT_NO_THROW(EmbeddedServer({folder, 16, 20, Durability::kTestOnly,
                                    [](const std::string&) {}, std::chrono::seconds(30)}));
    command.join();
}

// A server that starts deletes every temporary table in its folder for them, those of others too.
TEST_F(MariadbDatabaseTest, TemporaryTablesLieInItsOwnFolder) {
    const Rows rows = Server().pool.Borrow()->Query("test.tmpdir", "SELECT @@tmpdir", "", {});
    EXPECT_EQ(rows.Only().Text(0), (Server().folder() / "db/tmp").string());
}

TEST_F(MariadbDatabaseTest, NobodyElseReachesTheSocket) {
    const auto rights = fs::status(Server().folder() / "db").permissions();
    EXPECT_EQ(rights & (fs::perms::group_all | fs::perms::others_all), fs::perms::none);
}

TEST_F(MariadbDatabaseTest, MigrationsRunOnceAndMustNotChange) {
    const fs::path folder = Server().folder() / "migrations";
    fs::create_directories(folder);
    std::ofstream(folder / "0001_create_x.sql")
        << "CREATE TABLE IF NOT EXISTS x (tenant_id INT PRIMARY KEY)";
    Migrator migrator(Server().embedded.endpoint());
    const auto none = [](const Migration&) {};
    EXPECT_EQ(migrator.Apply(ReadMigrations({{"test", folder}}), none), 1U);
    EXPECT_EQ(migrator.Apply(ReadMigrations({{"test", folder}}), none), 0U);
    std::ofstream(folder / "0001_create_x.sql")
        << "CREATE TABLE IF NOT EXISTS y (tenant_id INT PRIMARY KEY)";
    EXPECT_THROW(migrator.Apply(ReadMigrations({{"test", folder}}), none), std::runtime_error);
    std::ofstream(folder / "0003_create_z.sql") << "CREATE TABLE z (id INT)";
    EXPECT_THROW(ReadMigrations({{"test", folder}}), std::runtime_error);
}

}  // namespace
}  // namespace livery::db
