// What a database that was set back cannot know: see "What a restore can lose" in the README.

#include <gtest/gtest.h>

#include "app/reconciliation.h"
#include "checkout.h"

namespace livery::payments::testing {
namespace {

using std::chrono::days;

class ForgottenCharge : public ::testing::Test {
 protected:
    void ChargeBothAndForget() {
        checkout_.provider.Next(Does::kDieAfter);
        EXPECT_FALSE(
            checkout_.Pay({{first_, checkout_.Euros(1000)}, {other_, checkout_.Euros(2000)}}));
        EXPECT_EQ(checkout_.provider.Charged(), 3000);
        checkout_.Forget();
    }
    std::vector<OpenDifference> NextDay() {
        checkout_.clock.Set(checkout_.clock.Now() + days(1));
        EXPECT_EQ(reconciliation_.Run(checkout_.tenant).failed, 0);
        return DifferenceRepository::ListOpen(checkout_.database, checkout_.tenant.id);
    }

    Checkout checkout_;
    Reconciliation reconciliation_{checkout_.desk};
    InvoiceId first_ = checkout_.Charge(1000);
    InvoiceId other_ = checkout_.Charge(2000);
};

// The oldest of them leads again, so its key is the same.
TEST_F(ForgottenCharge, IsAnsweredToWhoeverPaysTheOldestInvoice) {
    ChargeBothAndForget();
    ASSERT_TRUE((*checkout_.Pay({{first_, checkout_.Euros(1000)}, {other_, checkout_.Euros(2000)}}))
                    .has_value());
    EXPECT_EQ(checkout_.provider.Charged(), 3000);
    EXPECT_EQ(checkout_.WrongWithTheMoney(), "");
    EXPECT_TRUE(NextDay().empty());
}

// Another one leads: that is charged once more. The next day says so, and whose it is.
TEST_F(ForgottenCharge, IsFoundTheNextDayWhereAnotherInvoiceWasPaidAlone) {
    ChargeBothAndForget();
    ASSERT_TRUE((*checkout_.Pay(other_, 2000)).has_value());
    EXPECT_EQ(checkout_.provider.Charged(), 5000);
    const auto open = NextDay();
    ASSERT_EQ(open.size(), 1U);
    EXPECT_EQ(open.front().difference.kind, DifferenceKind::kMissingHere);
    EXPECT_EQ(open.front().difference.there, checkout_.Euros(3000));
    const std::string advice = AdviceOn(open.front().difference);
    EXPECT_NE(advice.find(first_.ToString()), std::string::npos) << advice;
    // As it says.
    ASSERT_TRUE(
        reconciliation_
            .Decide(checkout_.tenant, {open.front().id, "J. Roe", "Set back", checkout_.account})
            .has_value());
    EXPECT_EQ(checkout_.Balance(first_), 0);
    EXPECT_EQ(checkout_.Credit(), 2000);
    EXPECT_TRUE(NextDay().empty());
    EXPECT_EQ(checkout_.BrokenInvariants(), "");
}

}  // namespace
}  // namespace livery::payments::testing
