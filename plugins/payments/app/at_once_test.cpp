#include "app/at_once.h"

#include <chrono>
#include <numeric>
#include <set>
#include <stdexcept>

#include <gtest/gtest.h>

namespace livery::payments {
namespace {

std::vector<int> Numbers(int count) {
    std::vector<int> numbers(static_cast<std::size_t>(count));
    std::iota(numbers.begin(), numbers.end(), 0);
    return numbers;
}

TEST(WorkAtOnce, DoesEachOnce) {
    for (const std::size_t width : {1, 3, 64}) {
        std::mutex adding;
        std::multiset<int> done;
        AtOnce(Numbers(50), width, [&](int number) {
            const std::lock_guard lock(adding);
            done.insert(number);
        });
        const auto all = Numbers(50);
        EXPECT_EQ(done, std::multiset<int>(all.begin(), all.end())) << width;
    }
}

TEST(WorkAtOnce, IsDoneInOrderWhereOneIsEnough) {
    std::vector<int> done;
    AtOnce(Numbers(9), 1, [&](int number) { done.push_back(number); });
    EXPECT_EQ(done, Numbers(9));
    AtOnce(std::vector<int>{}, 4, [](int) { FAIL(); });
}

TEST(WorkAtOnce, EndsAtTheFirstFailureAndThrowsIt) {
    std::atomic<int> done{0};
    const auto work = [&](int number) {
        if (number == 2) throw std::runtime_error("two");
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        ++done;
    };
    EXPECT_THROW(AtOnce(Numbers(1000), 2, work), std::runtime_error);
    EXPECT_LT(done, 10);
}

}  // namespace
}  // namespace livery::payments
