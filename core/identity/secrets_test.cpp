#include "identity/secrets.h"

#include <atomic>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace livery::identity {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

// Up to the salt: algorithm, version, memory, passes, lanes.
std::string CostOf(const std::string& hash) {
    return hash.substr(0, hash.find('$', hash.find("p=")));
}

TEST(PasswordHasher, CheckingNobodyCostsWhatARealCheckCosts) {
    EXPECT_EQ(CostOf(kHashOfNobody), CostOf(*PasswordHasher().Hash("many small words")));
    EXPECT_EQ(*PasswordHasher().Verify(kHashOfNobody, "nobody has this password"), true);
    EXPECT_EQ(*PasswordHasher().VerifyNothing("nobody has this password"), false);
}

TEST(Turnstile, RefusesAtOnceWhenTooManyWait) {
    Turnstile turns(1, 1, hours(1));
    ASSERT_TRUE(turns.Enter());
    std::thread waits([&] {
        EXPECT_TRUE(turns.Enter());
        turns.Leave();
    });
    while (turns.waiting() == 0) std::this_thread::yield();
    EXPECT_FALSE(turns.Enter()) << "would wait for an hour";
    turns.Leave();
    waits.join();
    EXPECT_TRUE(turns.Enter()) << "free again";
}

TEST(Turnstile, NobodyWaitsLongerThanThePatience) {
    Turnstile turns(1, 1, milliseconds(1));
    ASSERT_TRUE(turns.Enter());
    EXPECT_FALSE(turns.Enter());
    EXPECT_EQ(turns.waiting(), 0U);
}

TEST(Turnstile, NeverLetsMoreInThanItMay) {
    Turnstile turns(2, 8, hours(1));
    std::atomic<int> inside = 0;
    std::atomic<bool> crowded = false;
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&] {
            for (int round = 0; round < 200; ++round) {
                EXPECT_TRUE(turns.Enter());
                if (++inside > 2) crowded = true;
                std::this_thread::yield();
                --inside;
                turns.Leave();
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_FALSE(crowded);
}

TEST(PasswordHasher, AnswersAFloodWithUnavailableInsteadOfAQueue) {
    PasswordHasher hasher;
    std::atomic<int> refused = 0;
    std::atomic<int> right = 0;
    const std::string hash = *hasher.Hash("a long password");
    std::vector<std::thread> flood;
    for (int i = 0; i < 14; ++i) {
        flood.emplace_back([&] {
            const auto verified = hasher.Verify(hash, "a long password");
            if (!verified) {
                EXPECT_EQ(verified.error().code, ErrorCode::kUnavailable);
                ++refused;
            } else if (*verified) {
                ++right;
            }
        });
    }
    for (std::thread& thread : flood) thread.join();
    EXPECT_EQ(refused + right, 14);
    EXPECT_GE(refused, 1);
    EXPECT_GE(right, 2);
    EXPECT_TRUE(hasher.Hash("a long password")) << "the flood is over";
}

}  // namespace
}  // namespace livery::identity
