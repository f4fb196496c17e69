#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "color.h"

namespace livery::view {

// The colours a tenant writes under `brand.color`, as "#RRGGBB".
struct BrandColors {
    std::string primary;
    std::string accent;
    std::optional<std::string> surface;
    std::optional<std::string> text;
};

enum class ColorMode { kLight, kDark };

// Every semantic colour a stylesheet may use; `--c-` plus the name of TokenName().
enum class Token {
    kBg,
    kSurface,
    kSunken,
    kTint,
    kDangerTint,
    kOkTint,
    kWarnTint,
    kInfoTint,
    kRail,
    kRailHover,
    kText,
    kMuted,
    kLink,
    kLinkHover,
    kAction,
    kActionHover,
    kOnAction,
    kActionEdge,
    kMark,
    kOnTint,
    kAccent,
    kBorder,
    kBorderStrong,
    kFocus,
    kDanger,
    kOk,
    kWarn,
    kInfo,
    kOnRail,
    kRailMuted,
    kRailMark,
};
inline constexpr std::size_t kTokenCount = static_cast<std::size_t>(Token::kRailMark) + 1;

std::string_view TokenName(Token token);

// `foreground` is laid on `backgrounds` somewhere in the stylesheets, so it must reach `ratio` on
// each of them. The same table drives the repair and the test that nothing was missed.
struct ContrastRule {
    Token foreground;
    double ratio;
    std::span<const Token> backgrounds;
};
std::span<const ContrastRule> ContrastRules();

// A colour the tenant asked for and did not get, for the message of `validate`.
struct ContrastAdjustment {
    ColorMode mode;
    std::string token;
    std::string asked;
    std::string used;
    double asked_ratio;
    double used_ratio;
};

// The colours of one mode. A value; cheap to copy.
class Palette final {
 public:
    Srgb Get(Token token) const { return colors_[static_cast<std::size_t>(token)]; }
    void Set(Token token, Srgb color) { colors_[static_cast<std::size_t>(token)] = color; }

 private:
    std::array<Srgb, kTokenCount> colors_{};
};

// Throws std::invalid_argument when a brand colour is not a hex colour: configuration has been
// validated before, so this is a programming error. Adjustments are appended to `adjustments`.
Palette MakePalette(const BrandColors& brand, ColorMode mode,
                    std::vector<ContrastAdjustment>& adjustments);

}  // namespace livery::view
