#include "app/turns.h"

#include <future>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

namespace livery::invoices {
namespace {

using std::chrono::milliseconds;

TEST(Turns, ComeInTheOrderOfTheirNumbers) {
    Turns turns;
    std::vector<std::size_t> order;
    std::vector<std::future<void>> workers;
    for (const std::size_t number : {3, 1, 2, 0}) {
        workers.push_back(std::async(std::launch::async, [&turns, &order, number] {
            turns.Await(number);
            order.push_back(number);
            turns.Done();
        }));
    }
    for (auto& worker : workers) worker.get();
    EXPECT_EQ(order, (std::vector<std::size_t>{0, 1, 2, 3}));
}

TEST(Turns, AreNotWaitedForLongerThanOnesPatience) {
    Turns turns;
    EXPECT_TRUE(turns.Await(0, milliseconds(0)));
    EXPECT_FALSE(turns.Await(1, milliseconds(1)));
    turns.Done();
    EXPECT_TRUE(turns.Await(1, milliseconds(0)));
}

TEST(Turns, WhoWaitsForADeadOneIsToldWhy) {
    Turns turns;
    auto waiting = std::async(std::launch::async, [&] { turns.Await(1); });
    turns.GiveUp(std::make_exception_ptr(std::runtime_error("no database")));
    turns.GiveUp(std::make_exception_ptr(std::logic_error("later")));
    EXPECT_THROW(waiting.get(), std::runtime_error);
    EXPECT_THROW(turns.Await(0, milliseconds(0)), std::runtime_error);
}

}  // namespace
}  // namespace livery::invoices
