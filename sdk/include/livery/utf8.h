#pragma once

#include <string_view>

namespace livery {

// Well-formed: no overlong form, no surrogate, at most U+10FFFF (Unicode table 3-7). Pure.
bool IsUtf8(std::string_view text);

}  // namespace livery
