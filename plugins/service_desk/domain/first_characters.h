#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace livery::service_desk {

// The beginning of well-formed text, so many characters at most (livery/utf8.h counts them, and
// cuts by bytes). Pure.
std::string FirstCharacters(std::string_view utf8, std::size_t most);

}  // namespace livery::service_desk
