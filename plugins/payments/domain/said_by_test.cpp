#include "domain/said_by.h"

#include <string>

#include <gtest/gtest.h>

namespace livery::payments {
namespace {

std::string Many(int letters) {
    std::string text;
    for (int i = 0; i < letters; ++i) text += "\u00e4";
    return text;
}

std::string WrongWith(std::string_view by, std::string_view reason) {
    const auto checked = CheckSaidBy(by, reason);
    if (checked) return "";
    return checked.error().fields.front().field + " " + checked.error().fields.front().message;
}

TEST(SaidBy, TakesAPersonAndAReason) {
    EXPECT_EQ(WrongWith("J. Roe", "Seen"), "");
    EXPECT_EQ(WrongWith(Many(80), Many(200)), "") << "letters are counted, not bytes";
}

TEST(SaidBy, RefusesNobodyAndNothing) {
    EXPECT_EQ(WrongWith("", "Seen"), "by error.by");
    EXPECT_EQ(WrongWith("J. Roe", ""), "reason error.reason");
    EXPECT_EQ(WrongWith(" \t", "Seen"), "by error.by");
    EXPECT_EQ(WrongWith("J. Roe", "  "), "reason error.reason");
}

TEST(SaidBy, RefusesWhatWouldNotBeKeptWhole) {
    EXPECT_EQ(WrongWith(Many(81), "Seen"), "by error.too_long");
    EXPECT_EQ(WrongWith("J. Roe", Many(201)), "reason error.too_long");
}

}  // namespace
}  // namespace livery::payments
