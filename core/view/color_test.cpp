#include "color.h"

#include <random>

#include <gtest/gtest.h>

namespace livery::view {
namespace {

Srgb Color(const char* hex) { return ParseHex(hex).value(); }

Srgb RandomColor(std::mt19937& random) {
    std::uniform_int_distribution<int> channel(0, 255);
    const auto next = [&] { return static_cast<std::uint8_t>(channel(random)); };
    return {next(), next(), next()};
}

TEST(ParseHex, ReadsLongAndShortForms) {
    EXPECT_EQ(Color("#FFB000"), (Srgb{255, 176, 0}));
    EXPECT_EQ(Color("#0af"), (Srgb{0, 170, 255}));
}

TEST(ParseHex, RefusesWhatIsNotAColour) {
    for (const char* text : {"", "#", "FFB000", "#FFB00", "#GGGGGG", "#12345678", "red", "#12"}) {
        EXPECT_FALSE(ParseHex(text)) << text;
    }
}

TEST(ToHex, WritesWhatParseHexReads) { EXPECT_EQ(ToHex(Color("#0a0B0c")), "#0a0b0c"); }

TEST(Oklch, MatchesPublishedValues) {
    const Oklch red = ToOklch(Color("#ff0000"));
    EXPECT_NEAR(red.lightness, 0.62796, 1e-4);
    EXPECT_NEAR(red.chroma, 0.25768, 1e-4);
    EXPECT_NEAR(red.hue, 29.234, 1e-2);
    EXPECT_NEAR(ToOklch(kWhite).lightness, 1.0, 1e-6);
    EXPECT_NEAR(ToOklch(kWhite).chroma, 0.0, 1e-6);
}

TEST(Oklch, EveryColourSurvivesTheRoundTrip) {
    std::mt19937 random(7);
    for (int i = 0; i < 5000; ++i) {
        const Srgb color = RandomColor(random);
        EXPECT_EQ(ToSrgb(ToOklch(color)), color) << ToHex(color);
    }
}

TEST(ToSrgb, ShrinksChromaInsteadOfShiftingHue) {
    const Oklch impossible{0.7, 0.4, 150};
    const Oklch painted = ToOklch(ToSrgb(impossible));
    EXPECT_LT(painted.chroma, impossible.chroma);
    EXPECT_NEAR(painted.hue, impossible.hue, 1.5);
    EXPECT_NEAR(painted.lightness, impossible.lightness, 0.01);
}

TEST(ContrastRatio, MatchesTheKnownAnchors) {
    EXPECT_NEAR(ContrastRatio(kBlack, kWhite), 21.0, 1e-9);
    EXPECT_NEAR(ContrastRatio(Color("#777777"), kWhite), 4.48, 0.005);
    EXPECT_NEAR(ContrastRatio(kWhite, Color("#767676")), 4.54, 0.005);
    EXPECT_DOUBLE_EQ(ContrastRatio(kWhite, kWhite), 1.0);
}

TEST(EnsureContrast, LeavesAPassingColourAlone) {
    const Srgb navy = Color("#0050a0");
    EXPECT_EQ(EnsureContrast(navy, std::array{kWhite}, 4.5), navy);
}

TEST(EnsureContrast, DarkensYellowOnWhiteAndKeepsItsHue) {
    const Srgb amber = Color("#ffb000");
    const Srgb fixed = EnsureContrast(amber, std::array{kWhite}, 4.5);
    EXPECT_GE(ContrastRatio(fixed, kWhite), 4.5);
    EXPECT_LT(ContrastRatio(fixed, kWhite), 4.7) << "moved further than needed";
    EXPECT_NEAR(ToOklch(fixed).hue, ToOklch(amber).hue, 3.0);
}

TEST(EnsureContrast, FallsBackToBlackOrWhiteWhenNothingReaches) {
    const Srgb result = EnsureContrast(Color("#888888"), std::array{kBlack, kWhite}, 4.5);
    EXPECT_TRUE(result == kBlack || result == kWhite);
}

TEST(EnsureContrast, ReachesTheRatioOnAnySingleBackground) {
    std::mt19937 random(11);
    for (int i = 0; i < 5000; ++i) {
        const Srgb color = RandomColor(random);
        const Srgb background = RandomColor(random);
        const Srgb fixed = EnsureContrast(color, std::array{background}, 4.5);
        EXPECT_GE(ContrastRatio(fixed, background), 4.5) << ToHex(color) << ToHex(background);
    }
}

TEST(MakeRamp, GetsDarkerWithEveryStep) {
    const auto ramp = MakeRamp(Color("#1f6feb"));
    for (std::size_t i = 1; i < ramp.size(); ++i) {
        EXPECT_LT(RelativeLuminance(ramp[i]), RelativeLuminance(ramp[i - 1]));
    }
}

}  // namespace
}  // namespace livery::view
