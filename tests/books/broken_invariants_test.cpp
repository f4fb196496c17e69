#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "billing.h"
#include "stage.h"

// Damages one row of a tenant that is in order, and asks what is wrong.
namespace livery::kills {
namespace {

using db::Statement;
using testing::HasSubstr;

#define ONE_FINAL " AND number IS NOT NULL AND net > 0 ORDER BY number LIMIT 1"

constexpr Statement kPosting{"damage.posting",
                             "UPDATE ledger_posting SET amount = amount + 1 WHERE tenant_id = "
                             ":tenant ORDER BY entry_id LIMIT 1"};
constexpr Statement kPostings{"damage.postings",
                              "DELETE FROM ledger_posting WHERE tenant_id = :tenant AND entry_id = "
                              "(SELECT MIN(id) FROM ledger_entry WHERE tenant_id = :tenant)"};
constexpr Statement kNet{"damage.net",
                         "UPDATE invoices_document SET net = net + 1 WHERE tenant_id = "
                         ":tenant" ONE_FINAL};
constexpr Statement kCredit{"damage.credit",
                            "UPDATE invoices_credit SET amount = amount + 100 WHERE tenant_id = "
                            ":tenant ORDER BY account_id LIMIT 1"};
constexpr Statement kPaid{"damage.paid",
                          "UPDATE invoices_document SET paid = paid + net + tax + 1 WHERE "
                          "tenant_id = :tenant" ONE_FINAL};
constexpr Statement kRefund{"damage.refund",
                            "UPDATE invoices_document SET refunded = 1000000 WHERE tenant_id = "
                            ":tenant" ONE_FINAL};
constexpr Statement kLine{"damage.line",
                          "DELETE FROM invoices_line WHERE tenant_id = :tenant AND kind = "
                          "'recurring' ORDER BY document_id LIMIT 1"};
constexpr Statement kRepair{"damage.repair",
                            "UPDATE invoices_line SET corrects_id = NULL WHERE tenant_id = :tenant "
                            "AND kind = 'repair' ORDER BY id LIMIT 1"};
constexpr Statement kCounter{"damage.counter",
                             "UPDATE invoices_counter SET last_number = last_number + 1 WHERE "
                             "tenant_id = :tenant ORDER BY series LIMIT 1"};
constexpr Statement kStranger{"damage.stranger",
                              "UPDATE invoices_line SET account_id = UNHEX('00000000000000000000"
                              "000000000001') WHERE tenant_id = :tenant ORDER BY id LIMIT 1"};
constexpr Statement kLost{"damage.lost",
                          "UPDATE invoices_account SET account_id = UNHEX('000000000000000000000000"
                          "00000001') WHERE tenant_id = :tenant ORDER BY account_id LIMIT 1"};
constexpr Statement kState{"damage.state",
                           "UPDATE invoices_document SET status = 'open' WHERE tenant_id = :tenant "
                           "AND status = 'paid' ORDER BY id LIMIT 1"};

struct Damage {
    const Statement& statement;
    const char* expected;
};

Stage& TheStage() {
    static Stage stage(100, db::Durability::kTestOnly);
    return stage;
}

class Damaged : public testing::TestWithParam<Damage> {};

TEST_P(Damaged, IsNamed) {
    Stage& stage = TheStage();
    const std::string tenant = "damaged";
    stage.Copy(tenant);
    ShopBilling(stage.database(), TenantId(tenant), stage.shop()).Run(*ParseDate("2026-02-01"));
    EXPECT_EQ(stage.BrokenInvariants(tenant), "");
    std::int64_t changed = 0;
    stage.database().Transact(TenantId(tenant), [&](db::Transaction& tx) {
        changed = static_cast<std::int64_t>(tx.Execute(GetParam().statement, {}));
    });
    EXPECT_GT(changed, 0);
    EXPECT_THAT(stage.BrokenInvariants(tenant), HasSubstr(GetParam().expected));
    stage.Drop(tenant);
}

constexpr Statement kRedemptions{"damage.redemptions",
                                 "UPDATE invoices_account SET redemptions = 'no list' WHERE "
                                 "tenant_id = :tenant AND account_id = ?"};

constexpr Statement kMended{"damage.mended",
                            "UPDATE invoices_account SET redemptions = '[]' WHERE tenant_id = "
                            ":tenant AND account_id = ?"};

// Why something is not charged is known when the run said so.
TEST(FailedRun, IsTheReasonThatIsGiven) {
    Stage& stage = TheStage();
    const std::string tenant = "failed";
    stage.Copy(tenant);
    ShopBilling billing(stage.database(), TenantId(tenant), stage.shop());
    billing.Run(*ParseDate("2026-02-01"));
    const AccountId unlucky = stage.shop().At(static_cast<std::size_t>(Shape::kAdvance));
    stage.database().Transact(TenantId(tenant), [&](db::Transaction& tx) {
        EXPECT_EQ(tx.Execute(kRedemptions, {unlucky}), 1U);
    });
    const auto report = billing.Run(*ParseDate("2026-03-01"));
    ASSERT_EQ(report.failures.size(), 1U);
    EXPECT_EQ(report.failures.front().account, unlucky);
    const std::string broken = stage.BrokenInvariants(tenant);
    EXPECT_THAT(broken, HasSubstr("is not charged from 2026-03-01"));
    EXPECT_THAT(broken, HasSubstr("the last billing run failed for " + unlucky.ToString() + ": " +
                                  report.failures.front().reason));
    // What it failed for is mended, and it is run again: nothing is left to say.
    stage.database().Transact(TenantId(tenant),
                              [&](db::Transaction& tx) { tx.Execute(kMended, {unlucky}); });
    billing.Run(*ParseDate("2026-03-01"));
    EXPECT_EQ(stage.BrokenInvariants(tenant), "");
    stage.Drop(tenant);
}

INSTANTIATE_TEST_SUITE_P(
    Row, Damaged,
    testing::Values(Damage{kPosting, "I1:"}, Damage{kPostings, "I1a:"}, Damage{kNet, "I2:"},
                    Damage{kCredit, "I3:"}, Damage{kPaid, "I4:"}, Damage{kRefund, "I5:"},
                    Damage{kLine, "is not charged from"}, Damage{kRepair, "is charged from"},
                    Damage{kCounter, "I8:"}, Damage{kStranger, "is on a document of another"},
                    Damage{kLost, "has a book or a subscription"}, Damage{kState, "I10:"}),
    [](const testing::TestParamInfo<Damage>& damage) {
        return std::string(damage.param.statement.name()).substr(7);
    });

}  // namespace
}  // namespace livery::kills
