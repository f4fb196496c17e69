#include "storage/case_repository.h"

#include <gtest/gtest.h>

namespace livery::payments {
namespace {

constexpr const char* kPayment = "pay_1CVEuJhuLjRxY4bqyEbF33";
constexpr const char* kRefund = "ref_1CVEuJhuLjRxY4bqyEbF44";

TEST(ACase, IsNamedByWhenAndWhatItIs) {
    Case one{*PaymentId::Parse(kPayment), "dispute",
             Instant(std::chrono::microseconds(1'796'000'000'000'007))};
    EXPECT_EQ(one.ToString(), "1796000000.000007.pay_1CVEuJhuLjRxY4bqyEbF33.dispute.");
    one.refund = RefundId::Parse(kRefund);
    EXPECT_EQ(one.ToString(),
              "1796000000.000007.pay_1CVEuJhuLjRxY4bqyEbF33.dispute."
              "ref_1CVEuJhuLjRxY4bqyEbF44");
}

TEST(ACase, IsFoundByItsName) {
    for (const std::string& name :
         {std::string("1796000000.000007.") + kPayment + ".dispute.",
          std::string("0.999999.") + kPayment + ".refund_lost." + kRefund}) {
        const auto parsed = Case::Parse(name);
        ASSERT_TRUE(parsed) << name;
        EXPECT_EQ(parsed->ToString(), name);
    }
}

TEST(ACase, HasNoOtherNames) {
    const std::string payment = kPayment;
    for (const std::string& name :
         {std::string(), std::string("dispute"), "1.2." + payment + ".dispute",
          "1.2." + payment + "..", "1.2." + payment + ".dispute.ref_x",
          std::string("1.2.pay_x.dispute."), ".2." + payment + ".dispute.",
          "1.-2." + payment + ".dispute.", "1.1234567." + payment + ".dispute.",
          "123456789012.2." + payment + ".dispute.", "1.2." + payment + ".dispute..",
          " 1.2." + payment + ".dispute."})
        EXPECT_FALSE(Case::Parse(name)) << name;
}

}  // namespace
}  // namespace livery::payments
