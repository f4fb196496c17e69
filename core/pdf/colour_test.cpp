#include "pdf/colour.h"

#include <gtest/gtest.h>

namespace livery::pdf {
namespace {

TEST(Colour, IsReadFromSixHexDigitsAndNothingElse) {
    EXPECT_EQ(ParseColour("#ff0033"), (Colour{1, 0, 0.2}));
    for (const char* wrong : {"", "#fff", "ff0033", "#ff00zz", "#ff00331", "#-f0033", "# f0033"})
        EXPECT_FALSE(ParseColour(wrong)) << wrong;
}

TEST(Colour, OfTextCanBeReadOnWhiteHoweverPaleTheBrandIs) {
    const Colour yellow = ParseColour("#ffe600").value();
    EXPECT_LT(ContrastWithWhite(yellow), 1.5);
    EXPECT_GE(ContrastWithWhite(ReadableOnWhite(yellow)), 4.5);
    const Colour navy = ParseColour("#10302e").value();
    EXPECT_EQ(ReadableOnWhite(navy), navy) << "dark enough as it is";
}

}  // namespace
}  // namespace livery::pdf
