// Many rows in one round trip, against a real server.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <livery/db/failure.h>

#include "db/testing/private_server.h"

namespace livery::db {
namespace {

const TenantId kTenant("here");
constexpr Statement kInsert{
    "test.batch_insert",
    "INSERT INTO batch_thing (tenant_id, id, name, amount, made_at, on_day, note) "
    "VALUES (:tenant, ?, ?, ?, ?, ?, ?)"};
constexpr Statement kAll{"test.batch_all",
                         "SELECT id, name, amount, made_at, on_day, note FROM batch_thing "
                         "WHERE tenant_id = :tenant ORDER BY amount"};
constexpr Statement kRaise{
    "test.batch_raise",
    "UPDATE batch_thing SET amount = amount + ? WHERE tenant_id = :tenant AND id = ?"};

class BatchTest : public ::testing::Test {
 protected:
    static void SetUpTestSuite() {
        server_ = new testing::PrivateServer({"db"}, 2);
        server_->pool.Borrow()->Run(
            "CREATE TABLE batch_thing (tenant_id VARCHAR(32) NOT NULL, id BINARY(16) NOT NULL, "
            "name VARCHAR(80) NULL, amount BIGINT NOT NULL, made_at DATETIME(6) NULL, on_day DATE "
            "NULL, note TEXT NULL, PRIMARY KEY (tenant_id, id)) DEFAULT CHARSET = utf8mb4");
    }
    static void TearDownTestSuite() { delete server_; }
    void TearDown() override { server_->pool.Borrow()->Run("DELETE FROM batch_thing"); }

    static Uuid IdOf(std::uint64_t number) { return MakeUuidV7(number, {}); }
    static Instant MomentOf(int number) {
        return Instant(*ParseDate("2026-01-31")) + std::chrono::seconds(number) +
               std::chrono::microseconds(7);
    }
    static void Add(Batch& batch, int number) {
        const bool even = number % 2 == 0;
        const std::string name = fmt::format("thing {} \xE2\x82\xAC", number);  // gone after Add
        const auto note =
            even ? std::optional<std::string>(std::string(number, 'x')) : std::nullopt;
        batch.Add({IdOf(number + 1), name, number, MomentOf(number),
                   even ? std::optional(*ParseDate("2024-02-29")) : std::nullopt, note});
    }
    static testing::PrivateServer* server_;
};
testing::PrivateServer* BatchTest::server_ = nullptr;

TEST_F(BatchTest, RowsArriveAsTheyWereGiven) {
    Batch batch;
    for (int i = 0; i < 2500; ++i) Add(batch, i);
    server_->database.Transact(
        kTenant, [&](Transaction& tx) { EXPECT_EQ(tx.ExecuteMany(kInsert, batch), 2500U); });
    const Rows rows = server_->database.Query(kTenant, kAll, {});
    ASSERT_EQ(rows.size(), 2500U);
    for (const int i : {0, 1, 2, 999, 1000, 1001, 2499}) {
        const Row row = rows[static_cast<std::size_t>(i)];
        EXPECT_EQ(row.Id(0), IdOf(i + 1));
        EXPECT_EQ(row.Text(1), fmt::format("thing {} \xE2\x82\xAC", i));
        EXPECT_EQ(row.Int64(2), i);
        EXPECT_EQ(row.Time(3), MomentOf(i));
        EXPECT_EQ(row.MaybeDate(4).has_value(), i % 2 == 0);
        EXPECT_EQ(row.MaybeText(5).value_or("none"), i % 2 == 0 ? std::string(i, 'x') : "none");
    }
}

TEST_F(BatchTest, TheSameStatementGoesAloneAndTogether) {
    Batch batch;
    Add(batch, 1);
    Add(batch, 2);
    Batch raise;
    raise.Add({10, IdOf(2)});
    raise.Add({20, IdOf(3)});
    server_->database.Transact(kTenant, [&](Transaction& tx) {
        tx.ExecuteMany(kInsert, batch);
        EXPECT_EQ(tx.Execute(kInsert, {IdOf(9), "alone", 5, MomentOf(0), std::nullopt, "n"}), 1U);
        EXPECT_EQ(tx.ExecuteMany(kRaise, raise), 2U);
        EXPECT_EQ(tx.Execute(kRaise, {1, IdOf(9)}), 1U);
    });
    const Rows rows = server_->database.Query(kTenant, kAll, {});
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(rows[0].Int64(2), 6);
    EXPECT_EQ(rows[1].Int64(2), 11);
    EXPECT_EQ(rows[2].Int64(2), 22);
}

TEST_F(BatchTest, OneBadRowFailsTheWhole) {
    Batch batch;
    Add(batch, 1);
    Add(batch, 2);
    Add(batch, 1);
    EXPECT_THROW(server_->database.Transact(
                     kTenant, [&](Transaction& tx) { tx.ExecuteMany(kInsert, batch); }),
                 DuplicateKey);
    EXPECT_TRUE(server_->database.Query(kTenant, kAll, {}).empty());
}

TEST_F(BatchTest, AnEmptyBatchDoesNothing) {
    server_->database.Transact(
        kTenant, [&](Transaction& tx) { EXPECT_EQ(tx.ExecuteMany(kInsert, Batch()), 0U); });
}

}  // namespace
}  // namespace livery::db
