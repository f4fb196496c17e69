#include "domain/account.h"

#include <gtest/gtest.h>

namespace livery::accounts {
namespace {

std::string Fields(const Result<void>& result) {
    std::string text;
    if (!result) {
        for (const FieldError& error : result.error().fields) text += error.field + " ";
    }
    return text;
}

TEST(CheckAddress, NamesEveryFieldThatIsWrong) {
    EXPECT_EQ(Fields(Check(Address{})), "line1 postal_code city country ");
    EXPECT_EQ(Fields(Check(Address{{}, "", "Hafenstraße 4", "", "20457", "Hamburg", "DE"})), "");
    EXPECT_EQ(Fields(Check(Address{{}, "", "Hafenstraße 4", "", "20457", "Hamburg", "de"})),
              "country ");
}

TEST(CheckContact, WantsAKnownRole) {
    EXPECT_EQ(Fields(Check(Contact{{}, "Ann", "ann@x.example", "billing"}, true)), "");
    EXPECT_EQ(Fields(Check(Contact{{}, "Ann", "ann@x.example", "root"}, true)), "role ");
    EXPECT_EQ(Fields(Check(Contact{{}, "", "x", "owner"}, false)), "name email ");
}

std::string Times(int count, const std::string& letter) {
    std::string text;
    for (int i = 0; i < count; ++i) text += letter;
    return text;
}

// What a column holds and an API schema allows are characters too, whatever they take in bytes.
TEST(WrongName, CountsCharactersAndNotBytes) {
    for (const char* letter : {"a", "ع", "王", "𠮷"}) {
        EXPECT_EQ(WrongName(Times(120, letter)), "") << letter;
        EXPECT_EQ(WrongName(Times(121, letter)), "error.too_long") << letter;
    }
}

TEST(CheckAddress, CountsCharactersAndNotBytes) {
    for (const char* letter : {"ش", "街"}) {
        const Address longest{{},
                              Times(80, letter),
                              Times(160, letter),
                              Times(160, letter),
                              Times(20, letter),
                              Times(120, letter),
                              "CN"};
        EXPECT_EQ(Fields(Check(longest)), "") << letter;
        Address longer = longest;
        for (std::string* text :
             {&longer.label, &longer.line1, &longer.line2, &longer.postal_code, &longer.city})
            *text += letter;
        EXPECT_EQ(Fields(Check(longer)), "line1 postal_code city label line2 ") << letter;
    }
}

TEST(WrongName, RefusesControlCharacters) {
    EXPECT_EQ(WrongName("Ann\nBob"), "error.too_long");
    EXPECT_EQ(WrongName(""), "error.name");
    EXPECT_EQ(WrongName("عائشة"), "");
}

}  // namespace
}  // namespace livery::accounts
