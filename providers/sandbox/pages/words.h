#pragma once

#include <string_view>

namespace livery::sandbox {

// The language of a page: "en", "de", "es" or "ar" of a BCP 47 tag, English for every other.
std::string_view LanguageOf(std::string_view locale);
// A text of the pages; throws std::out_of_range for a key that is none.
std::string_view Word(std::string_view language, std::string_view key);

}  // namespace livery::sandbox
