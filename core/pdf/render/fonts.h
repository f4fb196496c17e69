#pragma once

#include <string>
#include <string_view>

namespace livery::pdf {

// Makes the built-in font configuration (fonts.conf) that of this process, before anything else
// asks for a font. Throws std::runtime_error when it cannot be read or its fonts are not there.
void LoadFonts();

// The language as fonts know it: which of the shapes of Han characters a BCP 47 tag means. Pure.
std::string FontLanguage(std::string_view tag);

}  // namespace livery::pdf
