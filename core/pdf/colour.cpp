#include "pdf/colour.h"

#include <charconv>
#include <cmath>

namespace livery::pdf {

namespace {

double Linear(double channel) {
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

}  // namespace

std::optional<Colour> ParseColour(std::string_view text) {
    if (text.size() != 7 || text.front() != '#') return std::nullopt;
    unsigned int value = 0;
    const auto [end, error] =
        std::from_chars(text.data() + 1, text.data() + text.size(), value, 16);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return Colour{(value >> 16U) / 255.0, ((value >> 8U) & 0xffU) / 255.0, (value & 0xffU) / 255.0};
}

double ContrastWithWhite(Colour colour) {
    const double luminance =
        0.2126 * Linear(colour.red) + 0.7152 * Linear(colour.green) + 0.0722 * Linear(colour.blue);
    return 1.05 / (luminance + 0.05);
}

Colour ReadableOnWhite(Colour colour) {
    constexpr double kLeast = 4.5;
    while (ContrastWithWhite(colour) < kLeast) {
        colour = {colour.red * 0.95, colour.green * 0.95, colour.blue * 0.95};
    }
    return colour;
}

}  // namespace livery::pdf
