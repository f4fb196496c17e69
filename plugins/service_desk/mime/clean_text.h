#pragma once

#include <string>
#include <string_view>

namespace livery::service_desk {

// What is not well-formed becomes U+FFFD, a byte each.
std::string ValidUtf8(std::string_view text);
// Valid, and without control characters: blanks in their place, none twice, none at the ends.
std::string OneLine(std::string_view text);
// Valid, with \n at the end of each line and no other control character but the tabulator.
std::string Lines(std::string_view text);

}  // namespace livery::service_desk
