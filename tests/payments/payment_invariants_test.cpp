// Whether `livery verify` sees what is wrong with the tables of payments.

#include <gtest/gtest.h>

#include "app/refunds.h"
#include "checkout.h"
#include "storage/payment_invariant_repository.h"

namespace livery::payments::testing {
namespace {

using Rows = PaymentInvariantRepository;
using Find = void (*)(db::Transaction&, const Rows::Report&);

constexpr db::Statement kLoseId{"damage.lose_id",
                                "UPDATE payments_payment SET provider_id = NULL "
                                "WHERE tenant_id = :tenant AND id = ?"};
constexpr db::Statement kGiveMore{"damage.give_more",
                                  "UPDATE payments_payment SET given_back = given_back + 1 WHERE "
                                  "tenant_id = :tenant AND id = ?"};
constexpr db::Statement kKeepSlot{
    "damage.keep_slot", "UPDATE payments_slot SET payment_id = ? WHERE tenant_id = :tenant"};
constexpr db::Statement kLoseReceipt{
    "damage.lose_receipt",
    "DELETE FROM payments_receipt WHERE tenant_id = :tenant AND payment_id = ?"};
constexpr db::Statement kOldEvent{
    "damage.old_event",
    "INSERT INTO payments_event (tenant_id, instance, event_id, about, provider_id, reference, "
    "received_at) VALUES (:tenant, 'cards', 'e1', 'payment', HEX(?), '', '2020-01-01')"};

class Invariants : public ::testing::Test {
 protected:
    Invariants() {
        const auto paid = checkout_.Pay(checkout_.Charge(3000), 3000);
        payment_ = **paid;
        Refunds refunds(checkout_.desk);
        EXPECT_TRUE(refunds.Give(checkout_.tenant, {payment_.id, checkout_.Euros(1000), "Rain"})
                        .has_value());
    }
    std::vector<std::string> Broken(Find find) {
        std::vector<std::string> rows;
        checkout_.database.Transact(checkout_.tenant.id, [&](db::Transaction& tx) {
            rows.clear();
            find(tx, [&](const Violation& violation) { rows.push_back(violation.row); });
        });
        return rows;
    }
    void ExpectSeen(Find find, const db::Statement& damage, const std::string& row) {
        EXPECT_EQ(Broken(find), std::vector<std::string>{});
        checkout_.database.Transact(checkout_.tenant.id, [&](db::Transaction& tx) {
            EXPECT_GE(tx.Execute(damage, {payment_.id}), 1U);
        });
        EXPECT_EQ(Broken(find), std::vector<std::string>{row});
    }

    Checkout checkout_;
    Payment payment_{.amount = checkout_.Euros(0), .given_back = checkout_.Euros(0)};
};

TEST_F(Invariants, SeeMoneyWithoutItsProvidersId) {
    ExpectSeen(Rows::FindUnproved, kLoseId, payment_.id.ToString());
}
TEST_F(Invariants, SeeMoneyWithoutAReceipt) {
    ExpectSeen(Rows::FindUnproved, kLoseReceipt, payment_.id.ToString());
}
TEST_F(Invariants, SeeMoreGivenBackThanRefunds) {
    ExpectSeen(Rows::FindOvergiven, kGiveMore, payment_.id.ToString());
}
TEST_F(Invariants, SeeAnInvoiceThatIsKeptForNothing) {
    ExpectSeen(Rows::FindStuckSlots, kKeepSlot, payment_.id.ToString());
}
TEST_F(Invariants, SeeAGapInTheReceipts) {
    ExpectSeen(Rows::FindReceiptGaps, kLoseReceipt, "RC-2026");
}
TEST_F(Invariants, SeeAMessageThatNobodyLookedUp) {
    ExpectSeen(Rows::FindForgottenEvents, kOldEvent, "cards/e1");
}

}  // namespace
}  // namespace livery::payments::testing
