#include "schema/bounded_json.h"

#include <string>

#include <gtest/gtest.h>

namespace livery::schema {
namespace {

std::string Nested(int levels) {
    return std::string(static_cast<std::size_t>(levels), '[') +
           std::string(static_cast<std::size_t>(levels), ']');
}

TEST(BoundedJson, TakesWhatIsNoDeeperThanAllowed) {
    EXPECT_TRUE(ParsedBounded(Nested(32)).is_array());
    EXPECT_TRUE(ParsedBounded(Nested(33)).is_discarded());
    EXPECT_TRUE(ParsedBounded(Nested(5), 4).is_discarded());
    EXPECT_TRUE(ParsedBounded(R"({"a":{"b":{"c":[1]}}})", 4).is_object());
    EXPECT_TRUE(ParsedBounded(R"({"a":{"b":{"c":[1]}}})", 3).is_discarded());
}

TEST(BoundedJson, CountsBesideEachOtherOnce) {
    std::string flat = "[";
    for (int i = 0; i < 1'000; ++i) flat += "[{}],";
    EXPECT_TRUE(ParsedBounded(flat + "[]]", 3).is_array());
}

TEST(BoundedJson, CountsNothingWithinText) {
    EXPECT_TRUE(ParsedBounded(R"(["[[[[\"[[[[{{{{\\"])", 1).is_array());
    EXPECT_TRUE(ParsedBounded(R"(["\\",[1]])", 1).is_discarded());
}

TEST(BoundedJson, DiscardsWhatIsNone) {
    for (const char* text : {"", "{", "]", "]]]]", "[\"", "[\"\\", "nul", "[1],[2]"})
        EXPECT_TRUE(ParsedBounded(text).is_discarded()) << text;
}

// As long as a message may be, and nothing but levels: neither built nor walked through.
TEST(BoundedJson, DiscardsMegabytesOfLevels) {
    EXPECT_TRUE(ParsedBounded(Nested(4 << 20)).is_discarded());
    EXPECT_TRUE(ParsedBounded(std::string(8 << 20, '[')).is_discarded());
}

}  // namespace
}  // namespace livery::schema
