#pragma once

#include <string>
#include <string_view>

namespace livery::sandbox {

// For text and for attributes in double quotes.
std::string Escaped(std::string_view text);
// `text` with every "{name}" replaced; nothing is escaped.
std::string With(std::string_view text, std::string_view name, std::string_view value);

// A whole page in the provider's own look.
struct Page {
    std::string_view language;
    std::string title;
    std::string content;  // HTML
};
std::string Document(const Page& page);
std::string_view Stylesheet();

}  // namespace livery::sandbox
