#include <gtest/gtest.h>

#include <livery/utf8.h>

namespace livery {
namespace {

TEST(Utf8, CountsCharactersAndNotBytes) {
    EXPECT_EQ(Characters(""), 0U);
    EXPECT_EQ(Characters("abc"), 3U);
    EXPECT_EQ(Characters("aä€😀"), 4U);
}

TEST(Utf8, IsCutBetweenCharacters) {
    EXPECT_EQ(Beginning("abc", 3), "abc");
    EXPECT_EQ(Beginning("abc", 2), "ab");
    EXPECT_EQ(Beginning("aä", 2), "a") << "half of it stays behind";
    EXPECT_EQ(Beginning("aä", 3), "aä");
    for (std::size_t most = 0; most < 4; ++most) EXPECT_EQ(Beginning("😀x", most), "");
    EXPECT_EQ(Beginning("😀x", 4), "😀");
}

}  // namespace
}  // namespace livery
