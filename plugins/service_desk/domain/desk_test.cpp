#include "domain/desk.h"

#include <gtest/gtest.h>

#include <livery/check.h>

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

TEST(Desk, OffersSubscribersEverythingButWhatIsUrgent) {
    const Desk desk;
    for (const char* name : {"low", "normal", "high"})
        EXPECT_TRUE(desk.Offers(*PriorityFrom(name))) << name;
    EXPECT_FALSE(desk.Offers(*PriorityFrom("urgent")));
    EXPECT_FALSE(desk.Offers(kNoPriority));
}

TEST(PriorityText, IsTheNameThatIsReadBack) {
    for (int priority = 0; priority < std::ssize(kPriorities); ++priority)
        EXPECT_EQ(PriorityFrom(PriorityText(priority)), priority);
    EXPECT_THROW(PriorityText(kNoPriority), BrokenInvariant);
    EXPECT_THROW(PriorityText(4), BrokenInvariant);
    EXPECT_EQ(PriorityFrom("High"), std::nullopt);
}

}  // namespace
}  // namespace livery::service_desk
