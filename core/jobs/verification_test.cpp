#include "jobs/verification.h"

#include <gtest/gtest.h>

#include "db/testing/private_server.h"

namespace livery::jobs {
namespace {

using OwnedInvariant = host::Contributions::OwnedInvariant;
using Report = std::function<void(Violation)>;

constexpr db::Statement kVersions{
    "test.versions", "SELECT version FROM data_version WHERE tenant_id = :tenant ORDER BY version"};

class VerificationTest : public ::testing::Test {
 protected:
    static db::testing::PrivateServer& Server() {
        static db::testing::PrivateServer server({"db"}, 4);
        return server;
    }
    db::MariadbDatabase& database = Server().database;
    Tenant harbor{
        .id = TenantId("harbor"), .currency = *Currency::Parse("EUR"), .plugins = {"shop", "post"}};
};

TEST_F(VerificationTest, CountsEveryRowAndKeepsTheFirst) {
    const std::vector<OwnedInvariant> invariants{
        {"shop",
         {"I1", "All add up",
          [](db::Transaction&, const Report& report) {
              for (int i = 0; i < 50; ++i) report({std::to_string(i), "says nonsense"});
          }}},
        {"post", {"I2", "All arrive", [](db::Transaction&, const Report&) {}}}};
    const auto verdicts = Verify(database, harbor, invariants, 20);
    ASSERT_EQ(verdicts.size(), 2U);
    EXPECT_EQ(verdicts[0].broken, 50U);
    ASSERT_EQ(verdicts[0].rows.size(), 20U);
    EXPECT_EQ(verdicts[0].rows[19].row, "19");
    EXPECT_FALSE(verdicts[0].holds());
    EXPECT_TRUE(verdicts[1].holds());
}

TEST_F(VerificationTest, LeavesOutWhatTheTenantHasNotEnabled) {
    const std::vector<OwnedInvariant> invariants{
        {"casino", {"I1", "Never asked", [](db::Transaction&, const Report&) { FAIL(); }}}};
    EXPECT_TRUE(Verify(database, harbor, invariants, 20).empty());
}

TEST_F(VerificationTest, OneThatCannotBeCheckedDoesNotHoldAndStopsNoOther) {
    const std::vector<OwnedInvariant> invariants{
        {"shop",
         {"I1", "Throws",
          [](db::Transaction&, const Report&) { throw std::runtime_error("no such table"); }}},
        {"post", {"I2", "Holds", [](db::Transaction&, const Report&) {}}}};
    const auto verdicts = Verify(database, harbor, invariants, 20);
    ASSERT_EQ(verdicts.size(), 2U);
    EXPECT_FALSE(verdicts[0].holds());
    EXPECT_EQ(verdicts[0].failure, "no such table");
    EXPECT_TRUE(verdicts[1].holds());
}

// A host that serves goes on writing meanwhile.
TEST_F(VerificationTest, AllSeeOneSnapshot) {
    const SubjectId subject(Uuid{});
    const auto version_now = [](db::Transaction& tx) {
        const db::Rows rows = tx.Query(kVersions, {});
        return rows.empty() ? std::int64_t{0} : rows.Only().Int64(0);
    };
    std::vector<std::int64_t> seen;
    const auto look = [&](db::Transaction& tx, const Report&) { seen.push_back(version_now(tx)); };
    const auto change = [&](db::Transaction&, const Report&) {
        database.Transact(harbor.id, [&](db::Transaction& other) { other.Touch(subject); });
    };
    Verify(database, harbor,
           {{"shop", {"I1", "", look}}, {"shop", {"I2", "", change}}, {"post", {"I3", "", look}}},
           20);
    EXPECT_EQ(seen, (std::vector<std::int64_t>{0, 0}));
}

}  // namespace
}  // namespace livery::jobs
