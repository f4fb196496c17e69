#ifndef LIVERY_FAILPOINTS
#define LIVERY_FAILPOINTS
#endif
#include <thread>

#include <gtest/gtest.h>

#include <livery/failpoint.h>

namespace livery {
namespace {

// What is armed is read once in a process, so each of these is one of its own.
void PassThreeTimes(const char* armed) {
    ::setenv("LIVERY_FAILPOINT", armed, 1);
    for (int i = 0; i < 3; ++i) LIVERY_FAILPOINT("payment.begun");
    std::_Exit(0);
}

class FailpointTest : public testing::Test {
 protected:
    FailpointTest() { testing::FLAGS_gtest_death_test_style = "threadsafe"; }
};

TEST_F(FailpointTest, TheThirdThatPassesIsTheEndOfTheProcess) {
    EXPECT_EXIT(PassThreeTimes("payment.begun=3"), testing::KilledBySignal(SIGKILL),
                "failpoint payment.begun 1\nfailpoint payment.begun 2\nfailpoint payment.begun 3");
}

TEST_F(FailpointTest, NobodyElseStopsAtAPoint) {
    for (const char* armed : {"payment.begun=4", "payment.begu=1", "payment.begun", "", "=1"})
        EXPECT_EXIT(PassThreeTimes(armed), testing::ExitedWithCode(0), "");
}

TEST_F(FailpointTest, WhoPassesWaitsForTheOthers) {
    EXPECT_EXIT(
        {
            ::setenv("LIVERY_FAILPOINT", "payment.begun*2", 1);
            std::thread([] {
                LIVERY_FAILPOINT("payment.begun");
                std::_Exit(1);  // it went on alone
            }).detach();
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
            LIVERY_FAILPOINT("payment.begun");
            std::_Exit(2);
        },
        testing::KilledBySignal(SIGKILL), "failpoint payment.begun 2");
}

}  // namespace
}  // namespace livery
