#include "storage/clocks_text.h"

#include <gtest/gtest.h>

#include <livery/check.h>

#include "domain/wall_clocks.h"

namespace livery::service_desk {
namespace {

TEST(ClocksText, IsReadAsItWasWritten) {
    using std::chrono::hours;
    using std::chrono::microseconds;
    const auto now = testing::At(2026, 11, 30, 9) + microseconds(123'456);
    ServiceClocks clocks = BeginClocks({hours(4), std::nullopt}, now);
    EXPECT_EQ(ClocksFrom(TextOf(clocks)), clocks);
    const auto calendar = BusinessCalendar::Always();
    const auto clock = testing::Utc();
    Follow(clocks, {now + microseconds(7), TicketState::kWaitingForCustomer, true},
           {calendar, clock});
    EXPECT_EQ(ClocksFrom(TextOf(clocks)), clocks);
    EXPECT_THROW((void)ClocksFrom("twelve"), BrokenInvariant);
}

}  // namespace
}  // namespace livery::service_desk
