#include "mime/clean_text.h"

#include <livery/utf8.h>

namespace livery::service_desk {

namespace {

constexpr std::string_view kNoCharacter = "\xEF\xBF\xBD";

std::size_t LengthOf(unsigned char first) {
    if (first < 0x80) return 1;
    if (first >= 0xF0) return 4;
    return first >= 0xE0 ? 3 : 2;
}

bool IsControl(unsigned char c) { return c < 0x20 || c == 0x7F; }

}  // namespace

std::string ValidUtf8(std::string_view text) {
    if (IsUtf8(text)) return std::string(text);
    std::string valid;
    while (!text.empty()) {
        const std::string_view one = text.substr(0, LengthOf(static_cast<unsigned char>(text[0])));
        const bool fits = IsUtf8(one);
        valid += fits ? one : kNoCharacter;
        text.remove_prefix(fits ? one.size() : 1);
    }
    return valid;
}

std::string OneLine(std::string_view text) {
    std::string line;
    for (const char c : ValidUtf8(text)) {
        const bool blank = c == ' ' || IsControl(static_cast<unsigned char>(c));
        if (blank && (line.empty() || line.back() == ' ')) continue;
        line += blank ? ' ' : c;
    }
    if (line.ends_with(' ')) line.pop_back();
    return line;
}

std::string Lines(std::string_view text) {
    std::string lines;
    char before = '\0';
    for (const char c : ValidUtf8(text)) {
        if (c == '\r' || (c == '\n' && before != '\r'))
            lines += '\n';
        else if (c == '\t' || !IsControl(static_cast<unsigned char>(c)))
            lines += c;
        before = c;
    }
    return lines;
}

}  // namespace livery::service_desk
