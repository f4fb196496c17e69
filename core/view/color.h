#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace livery::view {

// A colour as screens take it: 8 bits per channel, gamma-encoded sRGB. All contrast is judged on
// these rounded values, so what is proven is what the browser paints.
struct Srgb {
    std::uint8_t red = 0;
    std::uint8_t green = 0;
    std::uint8_t blue = 0;

    friend bool operator==(const Srgb&, const Srgb&) = default;
};

inline constexpr Srgb kBlack{0, 0, 0};
inline constexpr Srgb kWhite{255, 255, 255};

// OKLCH (Björn Ottosson, 2020): lightness 0..1, chroma 0..~0.37, hue in degrees. Equal steps look
// equal, which is why colours are moved here and not in HSL.
struct Oklch {
    double lightness = 0;
    double chroma = 0;
    double hue = 0;
};

// "#RRGGBB" or "#RGB", either case; nullopt for anything else.
std::optional<Srgb> ParseHex(std::string_view text);
std::string ToHex(Srgb color);

Oklch ToOklch(Srgb color);

// The nearest paintable colour: lightness and hue are kept, chroma shrinks until it fits sRGB.
Srgb ToSrgb(Oklch color);

// WCAG 2.2 definitions; the ratio lies between 1 and 21 and does not depend on the order.
double RelativeLuminance(Srgb color);
double ContrastRatio(Srgb a, Srgb b);

// The lowest ratio `color` has on any of `backgrounds`; 21 when there are none.
double LowestContrast(Srgb color, std::span<const Srgb> backgrounds);

// `color` itself when it reaches `ratio` on every background. Otherwise the smallest move of OKLCH
// lightness that does, hue and (within the gamut) chroma kept. When no lightness reaches it, the
// better of black and white.
Srgb EnsureContrast(Srgb color, std::span<const Srgb> backgrounds, double ratio);

// Eleven steps of one hue, light to dark, named 50, 100 … 900, 950.
inline constexpr std::array<int, 11> kRampSteps{50,  100, 200, 300, 400, 500,
                                                600, 700, 800, 900, 950};
std::array<Srgb, 11> MakeRamp(Srgb seed);

}  // namespace livery::view
