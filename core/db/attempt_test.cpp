#include <gtest/gtest.h>

#include <livery/db/attempt.h>

#include "db/testing/private_server.h"

namespace livery::db {
namespace {

constexpr Statement kVersions{"test.versions",
                              "SELECT version FROM data_version WHERE tenant_id = :tenant"};

class AttemptTest : public ::testing::Test {
 protected:
    static testing::PrivateServer& Server() {
        static testing::PrivateServer server({"db"}, 4);
        return server;
    }
    static Result<int> Change(Transaction& tx) {
        tx.Touch(SubjectId(Uuid{}));
        return 7;
    }
    std::size_t Kept() { return database.Query(tenant, kVersions, {}).size(); }

    Database& database = Server().database;
    TenantId tenant{::testing::UnitTest::GetInstance()->current_test_info()->name()};
};

TEST_F(AttemptTest, KeepsWhatWasNotRefused) {
    EXPECT_EQ(*Attempt<int>(database, tenant, Change), 7);
    EXPECT_EQ(Kept(), 1U);
}

TEST_F(AttemptTest, LeavesNothingOfWhatWasRefused) {
    const auto refused = Attempt<int>(database, tenant, [](Transaction& tx) -> Result<int> {
        LIVERY_TRY(Change(tx));
        return Conflict("after all");
    });
    EXPECT_EQ(refused.error().message, "after all");
    EXPECT_EQ(Kept(), 0U);
}

TEST_F(AttemptTest, ARehearsalTellsAndKeepsNothing) {
    EXPECT_EQ(*Rehearse<int>(database, tenant, Change), 7);
    EXPECT_EQ(Kept(), 0U);
}

}  // namespace
}  // namespace livery::db
