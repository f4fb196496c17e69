#include "view/icu_formatter.h"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include <livery/check.h>
#include <livery/money/typed_amount.h>

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

// Languages do not decide: what is read must be what is written beside the field.
TEST(IcuFormatter, SaysWithWhichMarksAmountsAreTyped) {
    const NumberMarks point{'.', ','};
    const NumberMarks comma{',', '.'};
    for (const char* locale : {"en-US", "en-GB", "es-US", "es-MX", "de-CH", "ar-AE", "ar-EG"})
        EXPECT_EQ(NumberMarks::Of(Make(locale)), point) << locale;
    for (const char* locale : {"de-DE", "de-AT", "es-ES", "es-AR"})
        EXPECT_EQ(NumberMarks::Of(Make(locale)), comma) << locale;
}

// Without the isolate the pound would be shown before its UK; a currency in Arabic letters stays as
// it is.
TEST(IcuFormatter, KeepsAnAmountTogetherInATextFromRightToLeft) {
    EXPECT_EQ(Make("ar-AE").Amount(Amount(1200, "GBP")), "\u206612.00\u00a0UK£\u2069");
    EXPECT_EQ(Make("ar-AE").Amount(Amount(1200, "AED")).find("\u2066"), std::string::npos);
    EXPECT_EQ(Make("en-GB").Amount(Amount(1200, "GBP")), "£12.00");
}

TEST(IcuFormatter, WritesDatesAsTheLocaleDoes) {
    const Date date = year(2026) / month(3) / day(31);
    EXPECT_EQ(Make("en-GB").Day(date, Formatter::DateStyle::kLong), "31 March 2026");
    EXPECT_EQ(Make("de-DE").Day(date, Formatter::DateStyle::kMedium), "31. März 2026");
    EXPECT_EQ(Make("es-US").Day(date, Formatter::DateStyle::kMonth), "marzo de 2026");
}

// What both days share is said once.
TEST(IcuFormatter, WritesPeriodsAsTheLocaleDoes) {
    const Date first = year(2026) / month(11) / day(26);
    const Date last = year(2026) / month(12) / day(25);
    EXPECT_EQ(Make("de-DE").Days(first, last), "26. Nov.\u2009–\u200925. Dez. 2026");
    EXPECT_EQ(Make("en-GB").Days(first, last), "26 Nov\u2009–\u200925 Dec 2026");
    EXPECT_EQ(Make("es-ES").Days(first, first + std::chrono::days(4)), "26–30 nov 2026");
    EXPECT_EQ(Make("de-DE").Days(first, first + std::chrono::days(36)),
              "26. Nov. 2026\u2009–\u20091. Jan. 2027");
    EXPECT_EQ(Make("ar-AE").Days(first, last), "26 نوفمبر – 25 ديسمبر، 2026");
    EXPECT_EQ(Make("en-US", "Pacific/Kiritimati").Days(first, first), "Nov 26, 2026");
}

TEST(IcuFormatter, TheDayIsTheTimeZonesDay) {
    const Instant late = Date(year(2026) / month(6) / day(30)) + std::chrono::hours(23);
    EXPECT_EQ(ToIso(Make("de-DE", "Europe/Berlin").DayOf(late)), "2026-07-01");
    EXPECT_EQ(ToIso(Make("en-US", "America/Chicago").DayOf(late)), "2026-06-30");
}

// What was remembered for one locale, currency or zone is nothing to another.
TEST(IcuFormatter, RemembersPerLocaleCurrencyAndZone) {
    const Instant noon = Date(year(2026) / month(6) / day(30)) + std::chrono::hours(12);
    for (int round = 0; round < 2; ++round) {
        EXPECT_EQ(Make("de-DE").Amount(Amount(100, "EUR")), "1,00\u00a0€");
        EXPECT_EQ(Make("en-GB").Amount(Amount(100, "EUR")), "€1.00");
        EXPECT_EQ(Make("en-GB").Amount(Amount(100, "JPY")), "JP¥100");
        EXPECT_EQ(Make("en-GB").Number(100), "100");
        EXPECT_EQ(Make("de-DE").Number(Decimal(25, 1)), "2,5");
        EXPECT_EQ(Make("en-GB").Number(Decimal(25, 1)), "2.5");
        EXPECT_EQ(Make("en-GB").Number(Decimal(25, 2)), "0.25");
        EXPECT_EQ(Make("en-GB").UnitPrice(Decimal(25, 1), *Currency::Parse("EUR")), "€2.50");
        EXPECT_EQ(Make("en-GB").UnitPrice(Decimal(25, 1), *Currency::Parse("GBP")), "£2.50");
        EXPECT_EQ(Make("de-DE").UnitPrice(Decimal(25, 1), *Currency::Parse("EUR")), "2,50\u00a0€");
        EXPECT_EQ(Make("en-GB").Day(Date(), Formatter::DateStyle::kLong), "1 January 1970");
        EXPECT_EQ(Make("en-GB").Day(Date(), Formatter::DateStyle::kMedium), "1 Jan 1970");
        EXPECT_EQ(Make("ar-EG").Number(100), "١٠٠");
        EXPECT_EQ(Make("en-GB", "Europe/London").Moment(noon), "30 Jun 2026, 13:00");
        EXPECT_EQ(Make("en-GB", "Asia/Dubai").Moment(noon), "30 Jun 2026, 16:00");
    }
}

// Messages of plain words do not go through ICU; they must read as if they had.
TEST(IcuFormatter, PutsTextsIntoMessagesAsIcuDoes) {
    const auto path = std::filesystem::temp_directory_path() / "icu_formatter_test.yaml";
    std::ofstream(path) << R"(
plain: "{a} and {b}, {a}"
alone: "no place"
quoted: "It''s '{'{a}'}'"
number: "{n}"
plural: "{n, plural, one {# thing of {a}} other {# things of {a}}}"
open: "half {a"
)";
    config::Problems problems;
    const auto texts = TextCatalog::Load(path, problems);
    ASSERT_TRUE(texts) << problems.ToString();
    const auto empty = TextCatalog::Empty();
    const IcuFormatter t("en-GB", "UTC", Texts(texts, empty, empty, empty));
    EXPECT_EQ(t.Text("plain", {{"a", "{x}"}, {"b", "ü"}}), "{x} and ü, {x}");
    EXPECT_EQ(t.Text("alone", {}), "no place");
    EXPECT_EQ(t.Text("quoted", {{"a", "x"}}), "It's {x}");
    EXPECT_EQ(t.Text("number", {{"n", std::int64_t{12345}}}), "12,345");
    EXPECT_EQ(t.Text("plural", {{"n", std::int64_t{2}}, {"a", "it"}}), "2 things of it");
    EXPECT_THROW(t.Text("open", {{"a", "x"}}), BrokenInvariant) << "a brace that nobody closes";
    EXPECT_EQ(t.Text("plain", {{"a", "x"}}), "x and {b}, x") << "a missing argument is shown";
    std::filesystem::remove(path);
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
