#include "time/zones.h"

#include <gtest/gtest.h>

namespace livery::time {
namespace {

TEST(Zones, CivilTimeIsWhatTheClockOnTheWallSays) {
    const Instant noon = Instant(*ParseCivilTime("2026-07-01T12:00:00"));
    EXPECT_EQ(ToIso(ToCivil(noon, "Europe/Berlin")), "2026-07-01T14:00:00");
    EXPECT_EQ(ToIso(ToCivil(noon, "Pacific/Kiritimati")), "2026-07-02T02:00:00");
    EXPECT_EQ(ToInstant(ToCivil(noon, "Asia/Kolkata"), "Asia/Kolkata"), noon);
}

TEST(Zones, ATimeThatDoesNotExistMovesOnAndOneThatIsTwiceIsTheFirst) {
    // Case SC-04.
    EXPECT_EQ(ToIso(ToInstant(*ParseCivilTime("2015-03-08T02:00:00"), "America/Los_Angeles")),
              "2015-03-08T10:00:00.000000Z");
    EXPECT_EQ(ToIso(ToInstant(*ParseCivilTime("2026-10-25T02:30:00"), "Europe/Berlin")),
              "2026-10-25T00:30:00.000000Z");
}

TEST(Zones, KnowsItsNames) {
    EXPECT_TRUE(IsZone("Europe/Berlin"));
    EXPECT_FALSE(IsZone("Europe/Atlantis"));
    EXPECT_FALSE(IsZone(""));
}

TEST(OffsetAt, ChangesWithTheClocks) {
    const auto at = [](const char* day, int hour) {
        return Instant(*ParseDate(day)) + std::chrono::hours(hour);
    };
    const auto winter = OffsetAt(at("2026-03-29", 0), "Europe/Berlin");
    EXPECT_EQ(winter.east_of_utc, std::chrono::hours(1));
    EXPECT_EQ(winter.until, at("2026-03-29", 1));
    const auto summer = OffsetAt(winter.until, "Europe/Berlin");
    EXPECT_EQ(summer.east_of_utc, std::chrono::hours(2));
    EXPECT_EQ(summer.until, at("2026-10-25", 1));
    EXPECT_EQ(OffsetAt(at("2026-03-29", 0), "UTC").until, Instant::max());
}

}  // namespace
}  // namespace livery::time
