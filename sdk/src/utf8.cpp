#include <algorithm>

#include <livery/utf8.h>

namespace livery {

namespace {

// Length of the UTF-8 sequence at the start of `text`, 0 when it is malformed (Unicode table 3-7).
std::size_t SequenceLength(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(0);
    if (first < 0x80) return 1;
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || text.size() < length) return 0;
    unsigned char low = 0x80;
    unsigned char high = 0xBF;
    if (first == 0xE0) low = 0xA0;   // overlong
    if (first == 0xED) high = 0x9F;  // surrogates
    if (first == 0xF0) low = 0x90;   // overlong
    if (first == 0xF4) high = 0x8F;  // beyond U+10FFFF
    for (std::size_t i = 1; i < length; ++i) {
        if (byte(i) < low || byte(i) > high) return 0;
        low = 0x80;
        high = 0xBF;
    }
    return length;
}

bool BeginsOne(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }

}  // namespace

bool IsUtf8(std::string_view text) {
    while (!text.empty()) {
        const std::size_t length = SequenceLength(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

std::size_t Characters(std::string_view utf8) {
    return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), BeginsOne));
}

std::string_view Beginning(std::string_view utf8, std::size_t most_bytes) {
    if (utf8.size() <= most_bytes) return utf8;
    while (most_bytes > 0 && !BeginsOne(utf8[most_bytes])) --most_bytes;
    return utf8.substr(0, most_bytes);
}

}  // namespace livery
