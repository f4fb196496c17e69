// What becomes of a transaction when the server, the connection or the schema fails under it.

#include <atomic>
#include <fstream>
#include <set>
#include <thread>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <livery/db/failure.h>

#include "db/testing/fault_proxy.h"
#include "db/testing/private_server.h"

namespace livery::db {
namespace {

namespace fs = std::filesystem;
using testing::FaultProxy;

constexpr Statement kInsert{"failure.insert",
                            "INSERT INTO thing (tenant_id, id, half) VALUES (:tenant, ?, ?)"};
constexpr Statement kAdd{"failure.add",
                         "UPDATE thing SET n = n + 1 WHERE tenant_id = :tenant AND id = ?"};
constexpr Statement kRead{"failure.read",
                          "SELECT n FROM thing WHERE tenant_id = :tenant AND id = ? AND half = 0"};
constexpr Statement kAll{"failure.all",
                         "SELECT id, COUNT(*) FROM thing WHERE tenant_id = :tenant GROUP BY id"};
constexpr Statement kStar{"failure.star", "SELECT * FROM thing WHERE tenant_id = :tenant"};

void MakeTable(Connection& connection) {
    connection.Run(
        "CREATE OR REPLACE TABLE thing (tenant_id VARCHAR(32) CHARACTER SET ascii NOT NULL, "
        "id INT NOT NULL, half INT NOT NULL, n INT NOT NULL DEFAULT 0, "
        "PRIMARY KEY (tenant_id, id, half))");
}

testing::PrivateServer& Server() {
    static testing::PrivateServer server({}, 4);
    return server;
}

class FailureTest : public ::testing::Test {
 protected:
    void SetUp() override { MakeTable(*Server().pool.Borrow()); }
    MariadbDatabase& db = Server().database;
    const TenantId a{"a"};
    std::size_t Count() { return db.Query(a, kAll, {}).size(); }
    // A database whose connections pass through a proxy.
    struct Faulty {
        FaultProxy proxy{(Server().folder() / "faulty.sock").string(),
                         Server().embedded.endpoint().socket};
        Pool pool{
            Endpoint{(Server().folder() / "faulty.sock").string(), "", 0, "root", "", "livery"}, 2,
            std::chrono::milliseconds(1000)};
        MariadbDatabase database{pool};
    };
};

// InnoDB undoes only the statement that waited too long, so all of it must be undone by us.
TEST_F(FailureTest, ALockWaitRunsTheWholeTransactionAgain) {
    db.Transact(a, [](Transaction& tx) { tx.Execute(kInsert, {1, 0}); });
    Connection holder(Server().embedded.endpoint());
    holder.Begin();
    holder.Execute(kAdd.name(), kAdd.sql(), "a", {1});
    // The pool lends this one again.
    Server().pool.Borrow()->Run("SET innodb_lock_wait_timeout = 1");
    int runs = 0;
    db.Transact(a, [&](Transaction& tx) {
        if (++runs == 2) holder.Commit();
        tx.Execute(kInsert, {2, 0});  // a duplicate, were the first run not undone
        tx.Execute(kAdd, {1});
    });
    EXPECT_EQ(runs, 2);
    EXPECT_EQ(db.Query(a, kRead, {1}).Only().Int(0), 2);
    EXPECT_EQ(Count(), 2U);
}

TEST_F(FailureTest, ATableThatChangedUnderAPreparedStatementIsReadAsItIsNow) {
    Connection connection(Server().embedded.endpoint());
    const auto star = [&] { return connection.Query(kStar.name(), kStar.sql(), "a", {}); };
    connection.Execute(kInsert.name(), kInsert.sql(), "a", {1, 0});
    EXPECT_EQ(star().Only().Int(3), 0);
    Server().pool.Borrow()->Run(
        "ALTER TABLE thing MODIFY n VARCHAR(20) NOT NULL DEFAULT 'none', ADD x INT NULL, ADD y "
        "DATE NOT NULL DEFAULT '2026-01-02'");
    const Rows rows = star();
    EXPECT_EQ(rows.Only().Text(3), "0");
    EXPECT_TRUE(rows.Only().IsNull(4));
    EXPECT_EQ(ToIso(rows.Only().Date(5)), "2026-01-02");
    connection.Execute(kInsert.name(), kInsert.sql(), "a", {2, 0});
    EXPECT_TRUE(connection.healthy());
}

// The server prepares again by itself, but not for ever: then it says 1615, as this trigger does.
TEST_F(FailureTest, AStatementThatTheServerCallsStaleIsPreparedAgainInItsTransaction) {
    const auto trigger = [](int times) {
        Server().pool.Borrow()->Run(fmt::format(
            "CREATE OR REPLACE TRIGGER stale BEFORE UPDATE ON thing FOR EACH ROW IF "
            "COALESCE(@stale, 0) < {} THEN SET @stale = COALESCE(@stale, 0) + 1; SIGNAL SQLSTATE "
            "'HY000' SET MYSQL_ERRNO = 1615; END IF",
            times));
        Server().pool.Borrow()->Run("SET @stale = 0");
    };
    db.Transact(a, [](Transaction& tx) { tx.Execute(kInsert, {1, 0}); });
    trigger(1);
    int runs = 0;
    db.Transact(a, [&](Transaction& tx) {
        ++runs;
        EXPECT_EQ(tx.Execute(kAdd, {1}), 1U);
    });
    EXPECT_EQ(runs, 1);
    EXPECT_EQ(db.Query(a, kRead, {1}).Only().Int(0), 1);
    trigger(1000);
    EXPECT_THROW(db.Transact(a, [&](Transaction& tx) { tx.Execute(kAdd, {1}); }), Failure)
        << "it must not be tried for ever";
}

TEST_F(FailureTest, AConnectionCutBeforeCommitRunsTheTransactionAgain) {
    Faulty faulty;
    int runs = 0;
    faulty.database.Transact(a, [&](Transaction& tx) {
        tx.Execute(kInsert, {1, 0});
        if (++runs == 1) faulty.proxy.Arm(FaultProxy::Fault::kBeforeAnswer, "UPDATE thing");
        tx.Execute(kAdd, {1});
    });
    EXPECT_EQ(faulty.proxy.faults(), 1);
    EXPECT_EQ(runs, 2);
    EXPECT_EQ(db.Query(a, kRead, {1}).Only().Int(0), 1);
}

// The same error for two truths: only reading tells them apart, so nobody may run it again.
TEST_F(FailureTest, AConnectionCutAtCommitIsUnknownAndIsNotRunAgain) {
    for (const bool done : {false, true}) {
        Faulty faulty;
        const auto fault =
            done ? FaultProxy::Fault::kBeforeAnswer : FaultProxy::Fault::kBeforeServer;
        int runs = 0;
        const auto work = [&](Transaction& tx) {
            ++runs;
            tx.Execute(kInsert, {done ? 2 : 1, 0});
            // Not before: making a connection says READ-COMMITTED.
            faulty.proxy.Arm(fault, "COMMIT");
        };
        EXPECT_THROW(faulty.database.Transact(a, work), CommitUnknown);
        EXPECT_EQ(faulty.proxy.faults(), 1);
        EXPECT_EQ(runs, 1);
        EXPECT_EQ(faulty.database.Query(a, kRead, {done ? 2 : 1}).size(), done ? 1U : 0U)
            << "the pool must connect anew and read what happened";
    }
}

TEST(EmbeddedServerTest, AFolderOfAnotherUserIsNamedWithWhatToDo) {
    if (::geteuid() != 0) GTEST_SKIP() << "only root can give a folder away";
    std::string folder = "/tmp/livery-owner-XXXXXX";
    ASSERT_NE(::mkdtemp(folder.data()), nullptr);
    fs::create_directories(fs::path(folder) / "db/data/mysql");
    ASSERT_EQ(::chown((fs::path(folder) / "db/data").c_str(), 54321, 54321), 0);
    try {
        EmbeddedServer server(
            {fs::path(folder) / "db", 16, 20, Durability::kTestOnly, [](const std::string&) {}});
        ADD_FAILURE() << "it started";
    } catch (const std::runtime_error& error) {
        const std::string what = error.what();
        EXPECT_NE(what.find(folder + "/db/data belongs to user id 54321"), std::string::npos);
        EXPECT_NE(what.find("chown -R"), std::string::npos) << what;
    }
    fs::remove_all(folder);
}

// Writers add pairs of rows until the server is killed. Each keeps what it was told.
class Writers {
 public:
    explicit Writers(MariadbDatabase& database) : database_(database) {
        for (int writer = 0; writer < kWriters; ++writer)
            threads_.emplace_back([this, writer] { Write(writer); });
    }
    ~Writers() { Stop(); }
    void Stop() {
        stop_ = true;
        for (std::thread& thread : threads_) thread.join();
        threads_.clear();
    }
    int committed() const { return committed_; }
    const std::vector<int>& reported(int writer) const {
        return reported_[static_cast<std::size_t>(writer)];
    }
    static constexpr int kWriters = 4;

 private:
    void Write(int writer) {
        for (int n = writer; !stop_; n += kWriters) {
            try {
                database_.Transact(TenantId("a"), [&](Transaction& tx) {
                    tx.Execute(kInsert, {n, 0});
                    tx.Execute(kInsert, {n, 1});
                });
                reported_[static_cast<std::size_t>(writer)].push_back(n);
                ++committed_;
            } catch (const Failure&) {
                // Cut off or not known: either may be true of it, but never a half.
            }
        }
    }
    MariadbDatabase& database_;
    std::atomic<bool> stop_{false};
    std::atomic<int> committed_{0};
    std::array<std::vector<int>, kWriters> reported_;
    std::vector<std::thread> threads_;
};

template <class Condition>
bool Eventually(const Condition& holds, std::chrono::seconds most) {
    const auto deadline = std::chrono::steady_clock::now() + most;
    while (std::chrono::steady_clock::now() < deadline) {
        if (holds()) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return false;
}

// The process is killed, not the machine: what InnoDB had handed to the kernel survives. That is
// enough to tell kFull from kTestOnly, which keeps up to a second in its own memory.
TEST(DurabilityTest, EveryReportedTransactionSurvivesAKillAndNoneIsHalf) {
    testing::PrivateServer server({}, Writers::kWriters + 1, Durability::kFull);
    MakeTable(*server.pool.Borrow());
    Writers writers(server.database);
    for (int kill = 1; kill <= 2; ++kill) {
        const int before = writers.committed();
        ASSERT_TRUE(Eventually([&] { return writers.committed() > before + 50; },
                               std::chrono::seconds(60)));
        const pid_t killed = server.embedded.pid();
        ASSERT_GT(killed, 0);
        ::kill(killed, SIGKILL);
        ASSERT_TRUE(Eventually(
            [&] {
                const pid_t now = server.embedded.pid();
                return now != killed && now != 0;
            },
            std::chrono::seconds(30)));
    }
    const int before = writers.committed();
    EXPECT_TRUE(Eventually([&] { return writers.committed() > before; }, std::chrono::seconds(60)));
    writers.Stop();
    std::set<int> there;
    for (const Row row : server.database.Query(TenantId("a"), kAll, {})) {
        EXPECT_EQ(row.Int(1), 2) << row.Int(0) << " is there by half";
        there.insert(row.Int(0));
    }
    for (int writer = 0; writer < Writers::kWriters; ++writer) {
        for (const int n : writers.reported(writer))
            EXPECT_TRUE(there.contains(n)) << n << " was reported and is lost";
    }
    EXPECT_GE(there.size(), 100U);
}

}  // namespace
}  // namespace livery::db
