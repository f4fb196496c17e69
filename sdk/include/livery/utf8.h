#pragma once

#include <cstddef>
#include <string_view>

namespace livery {

// Well-formed: no overlong form, no surrogate, at most U+10FFFF (Unicode table 3-7). Pure.
bool IsUtf8(std::string_view text);

// Code points of well-formed text: what JSON Schema's maxLength and a column's VARCHAR(n) count,
// and so what every limit for people counts. Pure.
std::size_t Characters(std::string_view utf8);

// The longest beginning of well-formed text that has at most so many bytes and ends no character in
// its middle. Pure.
std::string_view Beginning(std::string_view utf8, std::size_t most_bytes);

}  // namespace livery
