// What was paid before payments were kept here, as other plugins tell it.

#include <gtest/gtest.h>

#include "app/payment_history.h"
#include "checkout.h"

namespace livery::payments::testing {
namespace {

class PastPaymentsTest : public ::testing::Test {
 protected:
    bool Record(InvoiceId invoice, std::int64_t cents, const std::string& reference) {
        bool recorded = false;
        checkout_.database.Transact(checkout_.tenant.id, [&](db::Transaction& tx) {
            recorded = PaymentHistory(checkout_.ports)
                           .Record(tx, checkout_.tenant,
                                   {checkout_.account, reference, checkout_.Euros(cents), invoice},
                                   checkout_.ports.time.CivilNow(checkout_.tenant))
                           .has_value();
        });
        return recorded;
    }
    Checkout checkout_;
};

TEST_F(PastPaymentsTest, PayWhatIsOwedWithoutALetter) {
    const InvoiceId invoice = checkout_.Charge(3000);
    EXPECT_TRUE(Record(invoice, 1000, "BANK-1"));
    EXPECT_EQ(checkout_.Balance(invoice), 2000);
    // More than is left would be credit that nobody ever had.
    EXPECT_TRUE(Record(invoice, 9000, "BANK-2"));
    EXPECT_EQ(checkout_.Balance(invoice), 0);
    EXPECT_EQ(checkout_.Credit(), 0);
    EXPECT_FALSE(Record(invoice, 1, "BANK-3"));
    ASSERT_EQ(checkout_.Payments().size(), 2U);
    EXPECT_EQ(checkout_.Letters("received"), 0);
    EXPECT_EQ(checkout_.provider.calls, 0);
    EXPECT_EQ(checkout_.BrokenInvariants(), "");
}

}  // namespace
}  // namespace livery::payments::testing
