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

TEST(WrongName, RefusesControlCharacters) {
    EXPECT_EQ(WrongName("Ann\nBob"), "error.too_long");
    EXPECT_EQ(WrongName(""), "error.name");
    EXPECT_EQ(WrongName("عائشة"), "");
}

}  // namespace
}  // namespace livery::accounts
