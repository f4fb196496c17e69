#include "theme_tokens.h"

#include <algorithm>
#include <iterator>
#include <stdexcept>
#include <string_view>

#include <fmt/format.h>

namespace livery::view {
namespace {

bool IsNameChar(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; }

// No braces, semicolons, angle brackets, backslashes or control characters: a value can end
// neither its declaration nor the stylesheet.
bool IsValueChar(char c) {
    constexpr std::string_view kPunctuation = " .,%#()'\"-+*/_";
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           kPunctuation.find(c) != std::string_view::npos;
}

// Our CSP allows no foreign address, and neither does a token: no url(), no comment.
bool IsSafeValue(std::string_view value) {
    return !value.empty() && std::all_of(value.begin(), value.end(), IsValueChar) &&
           value.find("url(") == std::string_view::npos &&
           value.find("/*") == std::string_view::npos &&
           std::count(value.begin(), value.end(), '"') % 2 == 0 &&
           std::count(value.begin(), value.end(), '\'') % 2 == 0 &&
           std::count(value.begin(), value.end(), '(') ==
               std::count(value.begin(), value.end(), ')');
}

void CheckToken(const std::string& name, const std::string& value) {
    const bool good_name = !name.empty() && std::all_of(name.begin(), name.end(), IsNameChar);
    // Colours are proven for contrast; a theme must not reach around the proof.
    const bool is_color = name.starts_with("c-") || name.starts_with("p-");
    if (!good_name || is_color) throw std::invalid_argument("not a token a theme may set: " + name);
    if (!IsSafeValue(value)) throw std::invalid_argument("not a token value: " + name);
}

TokenMap RadiusTokens(Radius radius) {
    switch (radius) {
        case Radius::kTheme:
            return {};
        case Radius::kNone:
            return {{"radius-card", "0"}, {"radius-control", "0"}};
        case Radius::kSmall:
            return {{"radius-card", "6px"}, {"radius-control", "4px"}};
        case Radius::kMedium:
            return {{"radius-card", "12px"}, {"radius-control", "8px"}};
        case Radius::kLarge:
            return {{"radius-card", "20px"}, {"radius-control", "12px"}};
        case Radius::kPill:
            return {{"radius-card", "24px"}, {"radius-control", "999px"}};
    }
    return {};
}

TokenMap DensityTokens(Density density) {
    switch (density) {
        case Density::kTheme:
            return {};
        case Density::kComfortable:
            return {{"density", "1"}};
        case Density::kCompact:
            return {{"density", "0.75"}};
    }
    return {};
}

TokenMap ComponentTokens(const TokenOverrides& overrides) {
    TokenMap tokens = RadiusTokens(overrides.radius);
    tokens.merge(DensityTokens(overrides.density));
    for (const auto& [name, value] : overrides.theme) {
        CheckToken(name, value);
        tokens.emplace(name, value);  // the tenant's word stands
    }
    return tokens;
}

void AppendRamp(std::string& css, std::string_view name, Srgb seed) {
    const auto ramp = MakeRamp(seed);
    for (std::size_t i = 0; i < ramp.size(); ++i) {
        fmt::format_to(std::back_inserter(css), "--p-{}-{}:{};", name, kRampSteps[i],
                       ToHex(ramp[i]));
    }
}

std::string PrimitiveCss(const BrandColors& brand) {
    const Srgb primary = ParseHex(brand.primary).value();
    Oklch grey = ToOklch(primary);
    grey.chroma = std::min(grey.chroma, 0.02);
    std::string css;
    AppendRamp(css, "primary", primary);
    AppendRamp(css, "accent", ParseHex(brand.accent).value());
    AppendRamp(css, "neutral", ToSrgb(grey));
    return css;
}

std::string SemanticCss(const Palette& palette) {
    std::string css;
    for (std::size_t i = 0; i < kTokenCount; ++i) {
        const auto token = static_cast<Token>(i);
        fmt::format_to(std::back_inserter(css), "--c-{}:{};", TokenName(token),
                       ToHex(palette.Get(token)));
    }
    return css;
}

std::string ComponentCss(const TokenMap& tokens) {
    std::string css;
    for (const auto& [name, value] : tokens) {
        fmt::format_to(std::back_inserter(css), "--{}:{};", name, value);
    }
    return css;
}

MailColors MakeMailColors(const Palette& palette) {
    const auto hex = [&](Token token) { return ToHex(palette.Get(token)); };
    return {hex(Token::kAction), hex(Token::kOnAction), hex(Token::kText), hex(Token::kMuted),
            hex(Token::kLink),   hex(Token::kSurface),  hex(Token::kBg),   hex(Token::kBorder)};
}

}  // namespace

ThemeTokens MakeThemeTokens(const BrandColors& brand, const TokenOverrides& overrides) {
    ThemeTokens tokens;
    const Palette light = MakePalette(brand, ColorMode::kLight, tokens.adjustments);
    const Palette dark = MakePalette(brand, ColorMode::kDark, tokens.adjustments);
    const std::string dark_css = SemanticCss(dark);
    // Dark stands under `screen`: paper is white whatever the reader prefers.
    tokens.css = fmt::format(
        ":root{{color-scheme:light;{}{}{}}}\n"
        "@media screen and (prefers-color-scheme:dark)"
        "{{:root[data-scheme=\"auto\"]{{color-scheme:dark;{}}}}}\n"
        "@media screen{{:root[data-scheme=\"dark\"]{{color-scheme:dark;{}}}}}\n",
        PrimitiveCss(brand), SemanticCss(light), ComponentCss(ComponentTokens(overrides)), dark_css,
        dark_css);
    tokens.mail = MakeMailColors(light);
    return tokens;
}

}  // namespace livery::view
