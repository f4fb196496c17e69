#include "theme_tokens.h"

#include <random>
#include <stdexcept>

#include <gtest/gtest.h>

namespace livery::view {
namespace {

const BrandColors kBlueBrand{"#0b5fff", "#ff7a1a", std::nullopt, std::nullopt};

BrandColors RandomBrand(std::mt19937& random) {
    std::uniform_int_distribution<int> channel(0, 255);
    const auto hex = [&] {
        const auto next = [&] { return static_cast<std::uint8_t>(channel(random)); };
        const auto red = next();
        const auto green = next();
        return ToHex({red, green, next()});
    };
    BrandColors brand{hex(), hex(), std::nullopt, std::nullopt};
    if (channel(random) % 4 == 0) brand.surface = hex();
    if (channel(random) % 4 == 0) brand.text = hex();
    return brand;
}

std::string Describe(const BrandColors& brand) {
    return brand.primary + " " + brand.accent + " surface " + brand.surface.value_or("-") +
           " text " + brand.text.value_or("-");
}

int CountFailingPairs(const BrandColors& brand, ColorMode mode) {
    std::vector<ContrastAdjustment> ignored;
    const Palette palette = MakePalette(brand, mode, ignored);
    int failing = 0;
    for (const ContrastRule& rule : ContrastRules()) {
        for (const Token background : rule.backgrounds) {
            const double ratio =
                ContrastRatio(palette.Get(rule.foreground), palette.Get(background));
            if (ratio >= rule.ratio) continue;
            ++failing;
            ADD_FAILURE() << TokenName(rule.foreground) << " on " << TokenName(background) << " is "
                          << ratio << " for " << Describe(brand);
        }
    }
    return failing;
}

int CountFailingPairs(const BrandColors& brand) {
    return CountFailingPairs(brand, ColorMode::kLight) + CountFailingPairs(brand, ColorMode::kDark);
}

TEST(Palette, NoDeclaredPairIsBelowItsRatioForAnyBrand) {
    std::mt19937 random(20260101);
    int failing = 0;
    for (int i = 0; i < 20'000 && failing < 10; ++i)
        failing += CountFailingPairs(RandomBrand(random));
    EXPECT_EQ(failing, 0);
}

TEST(Palette, NoDeclaredPairIsBelowItsRatioForTheExtremes) {
    for (const char* primary : {"#000000", "#ffffff", "#ffff00", "#00ffff", "#0000ff", "#808080",
                                "#767676", "#777777", "#ff00ff", "#00ff00"}) {
        for (const char* accent : {"#000000", "#ffffff", "#ff0000"}) {
            for (const char* extra : {"#000000", "#ffffff", "#808080"}) {
                EXPECT_EQ(CountFailingPairs({primary, accent, extra, extra}), 0);
            }
        }
    }
}

TEST(Palette, KeepsABrandColourThatIsGoodEnough) {
    std::vector<ContrastAdjustment> adjustments;
    const Palette palette =
        MakePalette({"#0050a0", "#b02060", {}, {}}, ColorMode::kLight, adjustments);
    EXPECT_EQ(ToHex(palette.Get(Token::kAction)), "#0050a0");
    EXPECT_EQ(ToHex(palette.Get(Token::kLink)), "#0050a0");
    EXPECT_TRUE(adjustments.empty());
}

TEST(Palette, YellowStaysYellowOnButtonsAndCarriesDarkText) {
    std::vector<ContrastAdjustment> adjustments;
    const Palette palette =
        MakePalette({"#ffb000", "#0050a0", {}, {}}, ColorMode::kLight, adjustments);
    EXPECT_EQ(ToHex(palette.Get(Token::kAction)), "#ffb000");
    EXPECT_LT(RelativeLuminance(palette.Get(Token::kOnAction)), 0.1);
}

TEST(ThemeTokens, SaysWhichBrandColourItHadToMove) {
    const ThemeTokens tokens = MakeThemeTokens({"#ffb000", "#0050a0", {}, {}}, {});
    ASSERT_EQ(tokens.adjustments.size(), 1u);
    EXPECT_EQ(tokens.adjustments[0].token, "link");
    EXPECT_EQ(tokens.adjustments[0].asked, "#ffb000");
    EXPECT_LT(tokens.adjustments[0].asked_ratio, 4.5);
    EXPECT_GE(tokens.adjustments[0].used_ratio, 4.5);
}

TEST(ThemeTokens, WritesBothModesAndTheChoiceOfTheReader) {
    const std::string css = MakeThemeTokens(kBlueBrand, {}).css;
    EXPECT_NE(css.find(":root{color-scheme:light;"), std::string::npos);
    EXPECT_NE(css.find(":root[data-scheme=\"auto\"]{color-scheme:dark;"), std::string::npos);
    EXPECT_NE(css.find(":root[data-scheme=\"dark\"]{color-scheme:dark;"), std::string::npos);
    EXPECT_NE(css.find("--p-primary-950:#"), std::string::npos);
    EXPECT_NE(css.find("--c-on-action:#"), std::string::npos);
}

TEST(ThemeTokens, TheSameBrandGivesTheSameBytes) {
    EXPECT_EQ(MakeThemeTokens(kBlueBrand, {}).css, MakeThemeTokens(kBlueBrand, {}).css);
}

TEST(ThemeTokens, TheTenantsRadiusWinsOverTheThemes) {
    const TokenOverrides overrides{{{"radius-card", "14px"}, {"font-body", "Georgia, serif"}},
                                   Radius::kNone,
                                   Density::kCompact};
    const std::string css = MakeThemeTokens(kBlueBrand, overrides).css;
    EXPECT_NE(css.find("--radius-card:0;"), std::string::npos);
    EXPECT_EQ(css.find("14px"), std::string::npos);
    EXPECT_NE(css.find("--font-body:Georgia, serif;"), std::string::npos);
    EXPECT_NE(css.find("--density:0.75;"), std::string::npos);
}

TEST(ThemeTokens, RefusesATokenThatCouldLeaveItsDeclaration) {
    for (const char* value : {"", "1px;}", "red}body{", "url(https://x)", "\"open", "</style>",
                              "a\\b", "1/*", "calc(1px"}) {
        EXPECT_THROW(MakeThemeTokens(kBlueBrand, {{{"radius-card", value}}, {}, {}}),
                     std::invalid_argument)
            << value;
    }
}

TEST(ThemeTokens, RefusesAThemeThatReachesAroundTheContrastProof) {
    for (const char* name : {"c-text", "p-primary-500", "", "Bad Name", "x:y"}) {
        EXPECT_THROW(MakeThemeTokens(kBlueBrand, {{{name, "1px"}}, {}, {}}), std::invalid_argument)
            << name;
    }
}

TEST(ThemeTokens, RefusesABrandColourThatIsNotOne) {
    EXPECT_THROW(MakeThemeTokens({"blue", "#ffffff", {}, {}}, {}), std::invalid_argument);
}

TEST(ThemeTokens, MailTakesTheLightColours) {
    const MailColors mail = MakeThemeTokens(kBlueBrand, {}).mail;
    EXPECT_EQ(mail.primary, "#0b5fff");
    EXPECT_EQ(mail.on_primary, "#ffffff");
    EXPECT_EQ(mail.surface, "#ffffff");
}

}  // namespace
}  // namespace livery::view
