#pragma once

#include <map>
#include <string>
#include <vector>

#include "palette.h"

namespace livery::view {

// `brand.radius` and `brand.density` of a tenant; kTheme leaves the choice to the theme.
enum class Radius { kTheme, kNone, kSmall, kMedium, kLarge, kPill };
enum class Density { kTheme, kComfortable, kCompact };

// Component tokens by name without the leading dashes ("radius-card": "14px").
using TokenMap = std::map<std::string, std::string>;

// What a theme (`tokens:` of theme.yaml) and a tenant (`brand:`) say beyond colours. The tenant's
// radius and density win over the theme's tokens.
struct TokenOverrides {
    TokenMap theme;
    Radius radius = Radius::kTheme;
    Density density = Density::kTheme;
};

// Mail clients know no custom properties: the same colours as plain values, light mode only.
struct MailColors {
    std::string primary;
    std::string on_primary;
    std::string text;
    std::string muted;
    std::string link;
    std::string surface;
    std::string background;
    std::string border;
};

struct ThemeTokens {
    std::string css;
    std::vector<ContrastAdjustment> adjustments;
    MailColors mail;
};

// The custom-property stylesheet of one tenant: ramps, semantic colours for light and dark, and
// component tokens. Deterministic, so its hash may name the file. Throws std::invalid_argument for
// a colour that is not one, and for a token name or value that could leave its declaration.
ThemeTokens MakeThemeTokens(const BrandColors& brand, const TokenOverrides& overrides);

}  // namespace livery::view
