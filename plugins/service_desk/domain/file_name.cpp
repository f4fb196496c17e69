#include "domain/file_name.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include <livery/utf8.h>

namespace livery::service_desk {

namespace {

constexpr std::string_view kNameless = "file";

struct Character {
    std::string_view bytes;  // one byte where they are no character
    char32_t code = 0;       // 0: no character
};

Character First(std::string_view text) {
    const auto lead = static_cast<unsigned char>(text.front());
    const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    const std::string_view bytes = text.substr(0, size);
    if (bytes.size() < size || !IsUtf8(bytes)) return {text.substr(0, 1), 0};
    char32_t code = size == 1 ? lead : lead & (0xFFU >> (size + 1));
    for (const char c : bytes.substr(1))
        code = code << 6U | (static_cast<unsigned char>(c) & 0x3FU);
    return {bytes, code};
}

// What nobody sees, or what makes others be seen in another order: controls, format characters,
// and what is no character for anybody.
bool IsUnseen(char32_t code) {
    constexpr std::pair<char32_t, char32_t> kUnseen[]{
        {0x0000, 0x001F}, {0x007F, 0x009F},   {0x00AD, 0x00AD},   {0x034F, 0x034F},
        {0x061C, 0x061C}, {0x115F, 0x1160},   {0x17B4, 0x17B5},   {0x180B, 0x180F},
        {0x200B, 0x200F}, {0x2028, 0x202E},   {0x2060, 0x206F},   {0x3164, 0x3164},
        {0xE000, 0xF8FF}, {0xFE00, 0xFE0F},   {0xFEFF, 0xFEFF},   {0xFFA0, 0xFFA0},
        {0xFFF0, 0xFFFF}, {0xE0000, 0xE0FFF}, {0xF0000, 0x10FFFF}};
    return std::any_of(std::begin(kUnseen), std::end(kUnseen), [code](const auto& range) {
        return code >= range.first && code <= range.second;
    });
}

std::string Seen(std::string_view name) {
    constexpr std::string_view kReserved = "<>:\"|?*";
    std::string seen;
    while (!name.empty()) {
        const Character one = First(name);
        name.remove_prefix(one.bytes.size());
        if (IsUnseen(one.code)) continue;
        if (kReserved.find(one.bytes) != std::string_view::npos)
            seen += '_';
        else
            seen += one.bytes;
    }
    return seen;
}

// Without blanks and dots around it: those hide a file, or are lost on the way.
std::string_view Trimmed(std::string_view name) {
    const auto first = name.find_first_not_of(" .");
    if (first == std::string_view::npos) return "";
    return name.substr(first, name.find_last_not_of(" .") - first + 1);
}

// Its extension with the dot, where it is one of the type's; else "".
std::string_view OwnExtension(std::string_view name, FileType type) {
    const auto dot = name.rfind('.');
    if (dot == std::string_view::npos || dot == 0) return "";
    std::string lower(name.substr(dot + 1));
    std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    });
    const auto known = ExtensionsOf(type);
    return std::find(known.begin(), known.end(), lower) == known.end() ? "" : name.substr(dot);
}

std::string_view FirstCharacters(std::string_view text, std::size_t most) {
    std::size_t size = 0;
    for (; most > 0 && size < text.size(); --most) size += First(text.substr(size)).bytes.size();
    return text.substr(0, size);
}

}  // namespace

std::string CleanFileName(std::string_view name, FileType type) {
    const std::string seen = Seen(name.substr(name.find_last_of("/\\") + 1));
    const std::string_view whole = Trimmed(seen);
    std::string extension(OwnExtension(whole, type));
    std::string_view stem = whole.substr(0, whole.size() - extension.size());
    if (extension.empty()) extension = "." + std::string(ExtensionsOf(type).front());
    stem = Trimmed(FirstCharacters(Trimmed(stem), kLongestFileName - extension.size()));
    return std::string(stem.empty() ? kNameless : stem) + extension;
}

}  // namespace livery::service_desk
