#include <gtest/gtest.h>

#include <livery/money/typed_amount.h>

namespace livery {
namespace {

// As ICU has them (IcuFormatter's tests).
NumberMarks MarksIn(std::string_view locale) {
    return locale == "de" || locale == "es" ? NumberMarks{',', '.'} : NumberMarks{};
}

std::string Read(std::string_view typed, std::string_view language, const char* code = "EUR") {
    const auto amount = ParseTypedMoney(typed, MarksIn(language), *Currency::Parse(code));
    return amount ? amount->ToDecimal() : "refused";
}

TEST(ATypedAmount, IsReadAsPeopleOfItsLanguageWriteIt) {
    EXPECT_EQ(Read("12,50", "de"), "12.50");
    EXPECT_EQ(Read("1.234,50", "de"), "1234.50");
    EXPECT_EQ(Read("1 234,50", "es"), "1234.50");
    EXPECT_EQ(Read("1\xC2\xA0"
                   "234,5",
                   "es"),
              "1234.50");
    EXPECT_EQ(Read("1.234", "de"), "1234.00");
    EXPECT_EQ(Read("1,234.50", "en"), "1234.50");
    EXPECT_EQ(Read("12", "en"), "12.00");
    EXPECT_EQ(Read("١٢٫٥٠", "ar"), "12.50");
    EXPECT_EQ(Read("١٬٢٣٤٫٥٠", "ar"), "1234.50");
    EXPECT_EQ(Read("۱۲.۵۰", "ar"), "12.50");
    EXPECT_EQ(Read("12.50", "ar"), "12.50");
    EXPECT_EQ(Read("١٢٫٥٠", "de"), "12.50");
    EXPECT_EQ(Read("-12,50", "de"), "-12.50");
    EXPECT_EQ(Read("1’234.50", "de-CH"), "1234.50");
    EXPECT_EQ(Read("1'234.50", "de-CH"), "1234.50");
    EXPECT_EQ(Read("1'234,50", "de"), "1234.50");
    EXPECT_EQ(Read("1'234'567", "en"), "1234567.00");
    EXPECT_EQ(Read("2,500", "es-US"), "2500.00");
    EXPECT_EQ(Read("1,234.50", "es-US"), "1234.50");
    EXPECT_EQ(Read("1,234", "de", "KWD"), "1.234");
    EXPECT_EQ(Read("1.234", "de", "KWD"), "1234.000");
    EXPECT_EQ(Read("1.234", "en", "KWD"), "1.234");
}

TEST(ATypedAmount, IsPlainInEveryLanguage) {
    for (const char* language : {"en", "de", "es", "ar"}) {
        EXPECT_EQ(Read("12.50", language), "12.50") << language;
        EXPECT_EQ(Read("30", language), "30.00") << language;
    }
}

TEST(ATypedAmount, IsRefusedWhenItMayMeanTwoThings) {
    for (const char* typed :
         {"12,50", "1,2345", "1.234,50", "12.505", "", ".", "12.", "ten", "1e3", "--1", "1-2",
          "12.5.0", ",5", "12'50", "12’50", "1'2345", "'500", "1,234'567", "12.5'0"})
        EXPECT_EQ(Read(typed, "en"), "refused") << typed;
    for (const char* typed : {"1,234.50", "12,505", "1.23.4", "12,", "1.2345,0", ""})
        EXPECT_EQ(Read(typed, "de"), "refused") << typed;
    EXPECT_EQ(Read("10,5", "de", "JPY"), "refused");
}

TEST(AFieldsAmount, IsReadAgainAsItStands) {
    for (const char* language : {"en", "de", "es", "ar"}) {
        for (const char* code : {"EUR", "JPY", "KWD"}) {
            for (const std::int64_t units : {0, 1, 999, 1'234, 123'456, 1'234'567'890}) {
                const Money amount(units, *Currency::Parse(code));
                EXPECT_EQ(ParseTypedMoney(MoneyForField(amount, MarksIn(language)),
                                          MarksIn(language), amount.currency()),
                          amount)
                    << language << " " << code << " " << units;
            }
        }
    }
}

}  // namespace
}  // namespace livery
