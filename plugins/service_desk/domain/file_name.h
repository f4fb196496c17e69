#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "domain/file_type.h"

namespace livery::service_desk {

inline constexpr std::size_t kLongestFileName = 120;  // characters

// A name to show and to save a file by, made of what a stranger called it (any bytes). It has no
// path, no control or invisible character, none that turns the direction of writing, none that a
// file system takes for its own, no dot at its begin, at most kLongestFileName characters, and an
// extension of its type: it stays where it agrees, else the right one is put behind it. Never
// empty. Cleaning it again changes nothing. Pure.
std::string CleanFileName(std::string_view name, FileType type);

}  // namespace livery::service_desk
