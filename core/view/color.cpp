#include "color.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <fmt/format.h>

namespace livery::view {
namespace {

struct LinearRgb {
    double red = 0;
    double green = 0;
    double blue = 0;
};

double Linearize(double channel) {
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double Encode(double channel) {
    return channel <= 0.0031308 ? channel * 12.92 : 1.055 * std::pow(channel, 1.0 / 2.4) - 0.055;
}

// 256 possible inputs, asked for millions of times by the contrast search.
double LinearOf(std::uint8_t channel) {
    static const std::array<double, 256> table = [] {
        std::array<double, 256> values{};
        for (std::size_t i = 0; i < values.size(); ++i) {
            values[i] = Linearize(static_cast<double>(i) / 255.0);
        }
        return values;
    }();
    return table[channel];
}

std::uint8_t Quantize(double linear) {
    const double encoded = Encode(std::clamp(linear, 0.0, 1.0));
    return static_cast<std::uint8_t>(std::lround(encoded * 255.0));
}

// The matrices are those of the OKLab article; they are definitions, not tunables.
LinearRgb ToLinear(const Oklch& color) {
    const double radians = color.hue * std::numbers::pi / 180.0;
    const double a = color.chroma * std::cos(radians);
    const double b = color.chroma * std::sin(radians);
    const double l_root = color.lightness + 0.3963377774 * a + 0.2158037573 * b;
    const double m_root = color.lightness - 0.1055613458 * a - 0.0638541728 * b;
    const double s_root = color.lightness - 0.0894841775 * a - 1.2914855480 * b;
    const double l = l_root * l_root * l_root;
    const double m = m_root * m_root * m_root;
    const double s = s_root * s_root * s_root;
    return {4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
            -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
            -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s};
}

bool IsInGamut(const LinearRgb& color) {
    constexpr double kSlack = 1e-4;  // below half an 8-bit step, so rounding hides it
    const auto fits = [](double channel) { return channel >= -kSlack && channel <= 1.0 + kSlack; };
    return fits(color.red) && fits(color.green) && fits(color.blue);
}

double WithinGamut(const Oklch& color) {
    double fits = 0;
    double spills = color.chroma;
    for (int i = 0; i < 12; ++i) {
        const double middle = (fits + spills) / 2;
        if (IsInGamut(ToLinear({color.lightness, middle, color.hue}))) {
            fits = middle;
        } else {
            spills = middle;
        }
    }
    return fits;
}

Srgb AtLightness(const Oklch& color, double lightness) {
    return ToSrgb({lightness, color.chroma, color.hue});
}

// The passing colour nearest to `color` on the way to `limit` (0 or 1), or nullopt. Luminance
// grows with lightness, so on a way that leads past every background "passes" flips only once.
std::optional<Oklch> MoveToward(double limit, const Oklch& color, std::span<const Srgb> backgrounds,
                                double ratio) {
    const auto passes = [&](double lightness) {
        return LowestContrast(AtLightness(color, lightness), backgrounds) >= ratio;
    };
    if (!passes(limit)) return std::nullopt;
    double good = limit;
    double bad = color.lightness;
    for (int i = 0; i < 12; ++i) {
        const double middle = (good + bad) / 2;
        (passes(middle) ? good : bad) = middle;
    }
    return Oklch{good, color.chroma, color.hue};
}

std::optional<int> HexDigit(char digit) {
    if (digit >= '0' && digit <= '9') return digit - '0';
    if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
    if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
    return std::nullopt;
}

}  // namespace

std::optional<Srgb> ParseHex(std::string_view text) {
    if ((text.size() != 4 && text.size() != 7) || text.front() != '#') return std::nullopt;
    const std::size_t width = (text.size() - 1) / 3;
    std::array<std::uint8_t, 3> channels{};
    for (std::size_t i = 0; i < 3; ++i) {
        const auto high = HexDigit(text[1 + i * width]);
        const auto low = HexDigit(text[i * width + width]);
        if (!high || !low) return std::nullopt;
        channels[i] = static_cast<std::uint8_t>(*high * 16 + *low);
    }
    return Srgb{channels[0], channels[1], channels[2]};
}

std::string ToHex(Srgb color) {
    return fmt::format("#{:02x}{:02x}{:02x}", color.red, color.green, color.blue);
}

Oklch ToOklch(Srgb color) {
    const double red = LinearOf(color.red);
    const double green = LinearOf(color.green);
    const double blue = LinearOf(color.blue);
    const double l = std::cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
    const double m = std::cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
    const double s = std::cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
    const double a = 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s;
    const double b = 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s;
    const double hue = std::atan2(b, a) * 180.0 / std::numbers::pi;
    return {0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s, std::hypot(a, b),
            hue < 0 ? hue + 360.0 : hue};
}

Srgb ToSrgb(Oklch color) {
    if (color.lightness <= 0) return kBlack;
    if (color.lightness >= 1) return kWhite;
    LinearRgb linear = ToLinear(color);
    if (!IsInGamut(linear)) {
        linear = ToLinear({color.lightness, WithinGamut(color), color.hue});
    }
    return {Quantize(linear.red), Quantize(linear.green), Quantize(linear.blue)};
}

double RelativeLuminance(Srgb color) {
    return 0.2126 * LinearOf(color.red) + 0.7152 * LinearOf(color.green) +
           0.0722 * LinearOf(color.blue);
}

double ContrastRatio(Srgb a, Srgb b) {
    const double first = RelativeLuminance(a) + 0.05;
    const double second = RelativeLuminance(b) + 0.05;
    return std::max(first, second) / std::min(first, second);
}

double LowestContrast(Srgb color, std::span<const Srgb> backgrounds) {
    double lowest = 21.0;
    for (const Srgb background : backgrounds) {
        lowest = std::min(lowest, ContrastRatio(color, background));
    }
    return lowest;
}

Srgb EnsureContrast(Srgb color, std::span<const Srgb> backgrounds, double ratio) {
    if (LowestContrast(color, backgrounds) >= ratio) return color;
    const Oklch start = ToOklch(color);
    const auto darker = MoveToward(0.0, start, backgrounds, ratio);
    const auto lighter = MoveToward(1.0, start, backgrounds, ratio);
    if (darker && lighter) {
        const bool darker_is_nearer =
            start.lightness - darker->lightness <= lighter->lightness - start.lightness;
        return ToSrgb(darker_is_nearer ? *darker : *lighter);
    }
    if (darker) return ToSrgb(*darker);
    if (lighter) return ToSrgb(*lighter);
    return LowestContrast(kBlack, backgrounds) >= LowestContrast(kWhite, backgrounds) ? kBlack
                                                                                      : kWhite;
}

std::array<Srgb, 11> MakeRamp(Srgb seed) {
    // Lightness per step, and how much of the seed's chroma it carries: full in the middle, little
    // at the ends, where strong colour would read as dirt (light) or glow (dark).
    constexpr std::array<double, 11> kLightness{0.975, 0.945, 0.895, 0.825, 0.735, 0.645,
                                                0.555, 0.470, 0.390, 0.310, 0.225};
    constexpr std::array<double, 11> kChroma{0.12, 0.24, 0.45, 0.70, 0.92, 1.0,
                                             1.0,  0.92, 0.80, 0.64, 0.46};
    const Oklch base = ToOklch(seed);
    std::array<Srgb, 11> ramp;
    for (std::size_t i = 0; i < ramp.size(); ++i) {
        ramp[i] = ToSrgb({kLightness[i], base.chroma * kChroma[i], base.hue});
    }
    return ramp;
}

}  // namespace livery::view
