#include "view/icu_formatter.h"

#include <gtest/gtest.h>

namespace livery::view {
namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::year;

IcuFormatter Make(const std::string& locale, const std::string& zone = "Europe/Berlin") {
    const auto empty = TextCatalog::Empty();
    return {locale, zone, Texts(empty, empty, empty, empty)};
}

Money Amount(std::int64_t minor, const char* code) { return {minor, *Currency::Parse(code)}; }

TEST(IcuFormatter, WritesMoneyAsTheLocaleDoes) {
    EXPECT_EQ(Make("de-DE").Amount(Amount(123456, "EUR")), "1.234,56\u00a0€");
    EXPECT_EQ(Make("en-US").Amount(Amount(-4900, "USD")), "-$49.00");
    EXPECT_EQ(Make("en-GB").Amount(Amount(1200, "JPY")), "JP¥1,200");
    EXPECT_EQ(Make("en-GB").Amount(Amount(1234, "KWD")), "KWD\u00a01.234");
}

TEST(IcuFormatter, WritesDatesAsTheLocaleDoes) {
    const Date date = year(2026) / month(3) / day(31);
    EXPECT_EQ(Make("en-GB").Day(date, Formatter::DateStyle::kLong), "31 March 2026");
    EXPECT_EQ(Make("de-DE").Day(date, Formatter::DateStyle::kMedium), "31. März 2026");
    EXPECT_EQ(Make("es-US").Day(date, Formatter::DateStyle::kMonth), "marzo de 2026");
}

TEST(IcuFormatter, TheDayIsTheTimeZonesDay) {
    const Instant late = Date(year(2026) / month(6) / day(30)) + std::chrono::hours(23);
    EXPECT_EQ(ToIso(Make("de-DE", "Europe/Berlin").DayOf(late)), "2026-07-01");
    EXPECT_EQ(ToIso(Make("en-US", "America/Chicago").DayOf(late)), "2026-06-30");
}

TEST(IcuFormatter, KnowsWhichLanguagesRunFromRightToLeft) {
    EXPECT_TRUE(Make("ar-AE").right_to_left());
    EXPECT_FALSE(Make("en-GB").right_to_left());
}

TEST(IcuFormatter, RefusesNamesItDoesNotKnow) {
    EXPECT_TRUE(IsKnownLocale("de-DE"));
    EXPECT_FALSE(IsKnownLocale("xx-nowhere-"));
    EXPECT_FALSE(IsKnownLocale("german"));
    EXPECT_TRUE(IsKnownTimeZone("America/Chicago"));
    EXPECT_FALSE(IsKnownTimeZone("Mars/Olympus"));
}

}  // namespace
}  // namespace livery::view
