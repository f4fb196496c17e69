#pragma once

#include <optional>
#include <string_view>

namespace livery::pdf {

// sRGB, each channel from 0 to 1.
struct Colour {
    double red = 0;
    double green = 0;
    double blue = 0;
    bool operator==(const Colour&) const = default;
};

// "#rrggbb"; nullopt for anything else. Pure.
std::optional<Colour> ParseColour(std::string_view text);
// WCAG 2.2: 1 (none) to 21. Pure.
double ContrastWithWhite(Colour colour);
// The colour itself, or as much darker that text of it can be read on white (4.5 : 1). Pure.
Colour ReadableOnWhite(Colour colour);

}  // namespace livery::pdf
