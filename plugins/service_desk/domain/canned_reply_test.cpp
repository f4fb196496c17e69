#include "domain/canned_reply.h"

#include <gtest/gtest.h>

#include <livery/check.h>

namespace livery::service_desk {
namespace {

TEST(CannedReply, PutsInTheValuesAndLooksAtThemNoMore) {
    EXPECT_EQ(
        Filled("Hello {customer}, {agent} here.", {{"customer", "{agent}"}, {"agent", "Ann"}}),
        "Hello {agent}, Ann here.");
    EXPECT_EQ(Filled("A { that nobody closes", {}), "A { that nobody closes");
    EXPECT_EQ(Filled("", {}), "");
}

TEST(CannedReply, ANameWithoutAValueIsAMistakeOfOurs) {
    EXPECT_THROW(Filled("{customer}", {}), BrokenInvariant);
}

TEST(CannedReply, TellsWhichNamesThereAreNot) {
    EXPECT_EQ(UnknownPlaceholders("{agent} {costumer} {}"),
              (std::vector<std::string>{"costumer", ""}));
    for (const std::string_view name : kPlaceholders)
        EXPECT_TRUE(UnknownPlaceholders("{" + std::string(name) + "}").empty()) << name;
}

}  // namespace
}  // namespace livery::service_desk
