#include "palette.h"

#include <algorithm>
#include <stdexcept>

namespace livery::view {
namespace {

using enum Token;

constexpr double kTextRatio = 4.5;     // WCAG 2.2, 1.4.3
constexpr double kGraphicRatio = 3.0;  // WCAG 2.2, 1.4.11

constexpr std::array kPlainAndTint{kBg, kSurface, kSunken, kTint};
constexpr std::array kAnyLight{kBg,         kSurface, kSunken,   kTint,
                               kDangerTint, kOkTint,  kWarnTint, kInfoTint};
constexpr std::array kActionFills{kAction, kActionHover};
constexpr std::array kTintOnly{kTint};
constexpr std::array kDangerOn{kBg, kSurface, kSunken, kDangerTint};
constexpr std::array kOkOn{kBg, kSurface, kSunken, kOkTint};
constexpr std::array kWarnOn{kBg, kSurface, kSunken, kWarnTint};
constexpr std::array kInfoOn{kBg, kSurface, kSunken, kInfoTint};
constexpr std::array kRails{kRail, kRailHover};

// Ordered: a rule may only lean on colours that no later rule moves.
constexpr std::array kRules{
    ContrastRule{kText, kTextRatio, kAnyLight},
    ContrastRule{kMuted, kTextRatio, kAnyLight},
    ContrastRule{kLink, kTextRatio, kPlainAndTint},
    ContrastRule{kLinkHover, kTextRatio, kPlainAndTint},
    ContrastRule{kOnAction, kTextRatio, kActionFills},
    ContrastRule{kActionEdge, kGraphicRatio, kPlainAndTint},
    ContrastRule{kMark, kGraphicRatio, kPlainAndTint},
    ContrastRule{kOnTint, kTextRatio, kTintOnly},
    ContrastRule{kAccent, kGraphicRatio, kPlainAndTint},
    ContrastRule{kBorderStrong, kGraphicRatio, kPlainAndTint},
    ContrastRule{kFocus, kGraphicRatio, kAnyLight},
    ContrastRule{kDanger, kTextRatio, kDangerOn},
    ContrastRule{kOk, kTextRatio, kOkOn},
    ContrastRule{kWarn, kTextRatio, kWarnOn},
    ContrastRule{kInfo, kTextRatio, kInfoOn},
    ContrastRule{kOnRail, kTextRatio, kRails},
    ContrastRule{kRailMuted, kTextRatio, kRails},
    ContrastRule{kRailMark, kGraphicRatio, kRails},
};

constexpr std::array<std::string_view, kTokenCount> kNames{
    "bg",        "surface",    "sunken", "tint",         "danger-tint",   "ok-tint",
    "warn-tint", "info-tint",  "rail",   "rail-hover",   "text",          "muted",
    "link",      "link-hover", "action", "action-hover", "on-action",     "action-edge",
    "mark",      "on-tint",    "accent", "border",       "border-strong", "focus",
    "danger",    "ok",         "warn",   "info",         "on-rail",       "rail-muted",
    "rail-mark"};

// Status hues are the same for every tenant: red must not become a brand's green.
constexpr double kRedHue = 25;
constexpr double kGreenHue = 152;
constexpr double kAmberHue = 72;
constexpr double kBlueHue = 245;

struct Seeds {
    Oklch primary;
    Oklch accent;
    std::optional<Oklch> surface;
    std::optional<Oklch> text;
};

Oklch Parse(const std::string& hex) {
    const auto color = ParseHex(hex);
    if (!color) throw std::invalid_argument("not a colour: " + hex);
    return ToOklch(*color);
}

Seeds ParseSeeds(const BrandColors& brand) {
    Seeds seeds{Parse(brand.primary), Parse(brand.accent), std::nullopt, std::nullopt};
    if (brand.surface) seeds.surface = Parse(*brand.surface);
    if (brand.text) seeds.text = Parse(*brand.text);
    return seeds;
}

// The brand's own grey: a breath of its hue, so that neutral areas belong to it.
Srgb Neutral(const Seeds& seeds, double lightness, double most_chroma) {
    return ToSrgb(
        {lightness, std::min(most_chroma, seeds.primary.chroma * 0.12), seeds.primary.hue});
}

Srgb Tinted(const Oklch& seed, double lightness, double most_chroma) {
    return ToSrgb({lightness, std::min(most_chroma, seed.chroma), seed.hue});
}

// The rail is a deep field of brand colour in both modes; bright brands keep their chroma there.
void SetRail(Palette& palette, const Seeds& seeds, double lightness) {
    palette.Set(kRail, Tinted(seeds.primary, lightness, 0.085));
    palette.Set(kRailHover, Tinted(seeds.primary, lightness + 0.07, 0.09));
    palette.Set(kOnRail, Tinted(seeds.primary, 0.985, 0.006));
    palette.Set(kRailMuted, Tinted(seeds.primary, 0.82, 0.035));
    palette.Set(kRailMark, ToSrgb({0.80, seeds.accent.chroma, seeds.accent.hue}));
}

void SetStatus(Palette& palette, double ink, double tint, double tint_chroma) {
    const auto set = [&](Token text, Token field, double hue) {
        palette.Set(text, ToSrgb({ink, 0.14, hue}));
        palette.Set(field, ToSrgb({tint, tint_chroma, hue}));
    };
    set(kDanger, kDangerTint, kRedHue);
    set(kOk, kOkTint, kGreenHue);
    set(kWarn, kWarnTint, kAmberHue);
    set(kInfo, kInfoTint, kBlueHue);
}

// Light mode stays light whatever the tenant writes: below 0.94 the tints and the muted text would
// have no room left between the surface and black.
Srgb LightSurface(const Seeds& seeds) {
    if (!seeds.surface) return kWhite;
    return ToSrgb({std::max(seeds.surface->lightness, 0.94), std::min(seeds.surface->chroma, 0.03),
                   seeds.surface->hue});
}

Palette RawLight(const Seeds& seeds) {
    Palette palette;
    palette.Set(kSurface, LightSurface(seeds));
    palette.Set(kBg, Neutral(seeds, 0.978, 0.006));
    palette.Set(kSunken, Neutral(seeds, 0.955, 0.009));
    palette.Set(kTint, Tinted(seeds.primary, 0.948, 0.028));
    palette.Set(kOnTint, Tinted(seeds.primary, 0.42, 0.13));
    palette.Set(kText, seeds.text ? ToSrgb(*seeds.text) : Neutral(seeds, 0.235, 0.022));
    palette.Set(kMuted, Neutral(seeds, 0.475, 0.022));
    palette.Set(kBorder, Neutral(seeds, 0.905, 0.012));
    palette.Set(kBorderStrong, Neutral(seeds, 0.62, 0.022));
    const Srgb primary = ToSrgb(seeds.primary);
    for (const Token token : {kLink, kAction, kActionEdge, kMark, kFocus})
        palette.Set(token, primary);
    palette.Set(kAccent, ToSrgb(seeds.accent));
    SetRail(palette, seeds, 0.27);
    SetStatus(palette, 0.50, 0.955, 0.028);
    return palette;
}

Palette RawDark(const Seeds& seeds) {
    Palette palette;
    palette.Set(kBg, Neutral(seeds, 0.175, 0.014));
    palette.Set(kSurface, Neutral(seeds, 0.220, 0.016));
    palette.Set(kSunken, Neutral(seeds, 0.262, 0.018));
    palette.Set(kTint, Tinted(seeds.primary, 0.295, 0.055));
    palette.Set(kOnTint, Tinted(seeds.primary, 0.86, 0.09));
    palette.Set(kText, Neutral(seeds, 0.955, 0.008));
    palette.Set(kMuted, Neutral(seeds, 0.755, 0.018));
    palette.Set(kBorder, Neutral(seeds, 0.315, 0.018));
    palette.Set(kBorderStrong, Neutral(seeds, 0.56, 0.022));
    const Srgb lifted =
        ToSrgb({std::max(seeds.primary.lightness, 0.78), seeds.primary.chroma, seeds.primary.hue});
    for (const Token token : {kLink, kMark, kFocus}) palette.Set(token, lifted);
    palette.Set(kAction, ToSrgb(seeds.primary));
    palette.Set(kActionEdge, ToSrgb(seeds.primary));
    palette.Set(kAccent, ToSrgb({std::max(seeds.accent.lightness, 0.74), seeds.accent.chroma,
                                 seeds.accent.hue}));
    SetRail(palette, seeds, 0.205);
    SetStatus(palette, 0.82, 0.285, 0.048);
    return palette;
}

// Hover darkens a fill that carries white and lightens one that carries black, so that the label
// only ever gains contrast.
void SetActionStates(Palette& palette) {
    constexpr Srgb kInk{17, 18, 20};
    const Srgb fill = palette.Get(kAction);
    const bool white_wins = ContrastRatio(kWhite, fill) >= kTextRatio ||
                            ContrastRatio(kWhite, fill) >= ContrastRatio(kInk, fill);
    const Srgb label = white_wins ? kWhite : kInk;
    const Srgb legible = EnsureContrast(fill, std::array{label}, kTextRatio);
    const Oklch base = ToOklch(legible);
    const double step = white_wins ? -0.055 : 0.045;
    palette.Set(kAction, legible);
    palette.Set(kOnAction, label);
    palette.Set(kActionHover,
                ToSrgb({std::clamp(base.lightness + step, 0.0, 1.0), base.chroma, base.hue}));
}

void SetLinkHover(Palette& palette, ColorMode mode) {
    Oklch link = ToOklch(palette.Get(kLink));
    link.lightness += mode == ColorMode::kLight ? -0.10 : 0.07;
    palette.Set(kLinkHover, ToSrgb(link));
}

double Repair(Palette& palette, const ContrastRule& rule) {
    std::vector<Srgb> backgrounds;
    for (const Token token : rule.backgrounds) backgrounds.push_back(palette.Get(token));
    const Srgb asked = palette.Get(rule.foreground);
    palette.Set(rule.foreground, EnsureContrast(asked, backgrounds, rule.ratio));
    return LowestContrast(asked, backgrounds);
}

double LowestOn(const Palette& palette, const ContrastRule& rule) {
    double lowest = 21.0;
    for (const Token token : rule.backgrounds) {
        lowest = std::min(lowest, ContrastRatio(palette.Get(rule.foreground), palette.Get(token)));
    }
    return lowest;
}

// Only colours that the tenant wrote are worth a message; our own greys may move in silence.
bool IsBrandColor(Token token, const BrandColors& brand, ColorMode mode) {
    if (mode == ColorMode::kDark) return false;
    return token == kLink || token == kAccent || (token == kText && brand.text.has_value());
}

}  // namespace

std::string_view TokenName(Token token) { return kNames[static_cast<std::size_t>(token)]; }

std::span<const ContrastRule> ContrastRules() { return kRules; }

Palette MakePalette(const BrandColors& brand, ColorMode mode,
                    std::vector<ContrastAdjustment>& adjustments) {
    const Seeds seeds = ParseSeeds(brand);
    Palette palette = mode == ColorMode::kLight ? RawLight(seeds) : RawDark(seeds);
    SetActionStates(palette);
    palette.Set(kActionEdge, palette.Get(kAction));
    for (const ContrastRule& rule : kRules) {
        if (rule.foreground == kLinkHover) SetLinkHover(palette, mode);
        const Srgb asked = palette.Get(rule.foreground);
        const double asked_ratio = Repair(palette, rule);
        const Srgb used = palette.Get(rule.foreground);
        if (used == asked || !IsBrandColor(rule.foreground, brand, mode)) continue;
        adjustments.push_back({mode, std::string(TokenName(rule.foreground)), ToHex(asked),
                               ToHex(used), asked_ratio, LowestOn(palette, rule)});
    }
    return palette;
}

}  // namespace livery::view
