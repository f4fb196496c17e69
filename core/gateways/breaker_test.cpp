#include "gateways/breaker.h"

#include <gtest/gtest.h>

namespace livery::gateways {
namespace {

using std::chrono::seconds;

class ABreaker : public ::testing::Test {
 protected:
    static Breaker::Time At(int second) { return Breaker::Time(seconds(second)); }
    void Break(int times, int second) {
        for (int i = 0; i < times; ++i) breaker.Broke(At(second), "as told");
    }
    Breaker breaker;
};

TEST_F(ABreaker, OpensAfterFiveFaultsWithinAMinute) {
    Break(4, 0);
    EXPECT_TRUE(breaker.Admit(At(0)));
    Break(1, 61);
    EXPECT_TRUE(breaker.Admit(At(61))) << "the first four are too long ago";
    Break(4, 61);
    EXPECT_FALSE(breaker.Admit(At(61)));
    EXPECT_EQ(breaker.OutOfOrder(At(61)), "as told");
}

TEST_F(ABreaker, LetsOneTryAfterItsRest) {
    Break(5, 0);
    EXPECT_FALSE(breaker.Admit(At(29)));
    EXPECT_TRUE(breaker.Admit(At(30)));
    EXPECT_FALSE(breaker.Admit(At(30))) << "one is trying";
    breaker.Broke(At(31), "again");
    EXPECT_FALSE(breaker.Admit(At(60)));
    EXPECT_TRUE(breaker.Admit(At(61)));
    breaker.Worked();
    EXPECT_TRUE(breaker.Admit(At(61)));
    EXPECT_EQ(breaker.OutOfOrder(At(61)), "");
}

TEST_F(ABreaker, OpensToAnotherTrialWhenOneWasNotMade) {
    Break(5, 0);
    EXPECT_TRUE(breaker.Admit(At(30)));
    breaker.Withdraw();
    EXPECT_TRUE(breaker.Admit(At(30)));
}

TEST_F(ABreaker, OpensAtOnceForWhatCostsTooMuch) {
    breaker.Trip(At(0), "as told");
    EXPECT_EQ(breaker.OutOfOrder(At(29)), "as told");
    EXPECT_FALSE(breaker.Admit(At(29)));
    EXPECT_TRUE(breaker.Admit(At(30)));
}

TEST_F(ABreaker, IsNotMendedByWhatBeganBeforeItBroke) {
    Break(5, 0);
    breaker.Worked();
    EXPECT_FALSE(breaker.Admit(At(1)));
}

}  // namespace
}  // namespace livery::gateways
