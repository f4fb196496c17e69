#include "domain/desk.h"

#include <gtest/gtest.h>

namespace livery::service_desk {
namespace {

TEST(Desk, BeginsATicketWithTheCategoryOfWhatItIsAbout) {
    Desk desk;
    desk.categories["contract"].about = {"subscription", "order"};
    desk.categories["money"].about = {"invoice"};
    desk.categories["trouble"] = {};
    EXPECT_EQ(desk.CategoryAbout("invoice"), "money");
    EXPECT_EQ(desk.CategoryAbout("order"), "contract");
    EXPECT_EQ(desk.CategoryAbout("payment"), "") << "nobody said";
}

}  // namespace
}  // namespace livery::service_desk
