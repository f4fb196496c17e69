#pragma once

#include <string>

namespace livery::pdf {

// The colour space sRGB (IEC 61966-2-1) as an ICC profile of version 2.1, which every reader of
// PDF/A knows. Ours, so nobody's licence has to be carried. Pure; always the same bytes.
std::string SrgbProfile();

}  // namespace livery::pdf
