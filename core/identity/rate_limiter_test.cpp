#include "identity/rate_limiter.h"

#include <atomic>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace livery::identity {
namespace {

using std::chrono::seconds;

constexpr RateLimiter::Rate kRate{20, 0.5};
constexpr RateLimiter::TimePoint kStart{};

int Admitted(RateLimiter& limiter, const std::string& key, RateLimiter::TimePoint now) {
    int admitted = 0;
    for (int i = 0; i < 100; ++i) admitted += limiter.Admit(key, kRate, now) ? 1 : 0;
    return admitted;
}

TEST(RateLimiterMemory, AFloodOfKeysDoesNotResetAKeyThatUsedItsBurstUp) {
    RateLimiter limiter(100);
    EXPECT_EQ(Admitted(limiter, "guesser", kStart), 20);
    for (int i = 0; i < 10'000; ++i) limiter.Admit("flood" + std::to_string(i), kRate, kStart);
    EXPECT_FALSE(limiter.Admit("guesser", kRate, kStart));
}

TEST(RateLimiterMemory, HoldsNoMoreKeysThanAllowed) {
    RateLimiter limiter(100);
    for (int i = 0; i < 10'000; ++i) limiter.Admit("k" + std::to_string(i), kRate, kStart);
    EXPECT_EQ(limiter.size(), 100U);
}

TEST(RateLimiterMemory, ForgetsKeysThatAreFullAgain) {
    RateLimiter limiter;
    for (int i = 0; i < 1'000; ++i) limiter.Admit("k" + std::to_string(i), kRate, kStart);
    EXPECT_EQ(limiter.size(), 1'000U);
    for (int i = 0; i < 1'000; ++i) limiter.Admit("one", kRate, kStart + seconds(10));
    EXPECT_EQ(limiter.size(), 1U);
}

TEST(RateLimiterMemory, AKeyThatComesBackGoesOnWhereItWas) {
    RateLimiter limiter;
    EXPECT_EQ(Admitted(limiter, "k", kStart), 20);
    EXPECT_EQ(Admitted(limiter, "k", kStart + seconds(4)), 2);
    EXPECT_EQ(Admitted(limiter, "k", kStart + seconds(3)), 0) << "an older look at the clock";
    EXPECT_EQ(Admitted(limiter, "k", kStart + seconds(100)), 20);
}

TEST(RateLimiterThreads, ManyThatAskAtATimeShareOneBurst) {
    RateLimiter limiter(100);
    std::atomic<int> admitted = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&, i] {
            for (int n = 0; n < 500; ++n) {
                if (limiter.Admit("shared", kRate, kStart)) ++admitted;
                limiter.Admit(std::to_string(i) + "/" + std::to_string(n), kRate, kStart);
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(admitted, 20);
    EXPECT_EQ(limiter.size(), 100U);
}

}  // namespace
}  // namespace livery::identity
