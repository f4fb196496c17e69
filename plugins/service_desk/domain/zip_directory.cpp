#include "domain/zip_directory.h"

#include "domain/byte_order.h"

namespace livery::service_desk {

namespace {

constexpr std::string_view kEntry = "PK\x03\x04";
constexpr std::string_view kListed = "PK\x01\x02";
constexpr std::string_view kEnd = "PK\x05\x06";
constexpr std::size_t kEntrySize = 30;
constexpr std::size_t kListedSize = 46;
constexpr std::size_t kEndSize = 22;
constexpr std::size_t kLongestComment = 0xFFFF;

struct Directory {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::size_t entries = 0;
};

// As the last record says, whose comment must reach the file's end exactly.
std::optional<Directory> DirectoryOf(std::string_view content) {
    if (content.size() < kEndSize) return std::nullopt;
    const std::size_t at = content.rfind(kEnd, content.size() - kEndSize);
    if (at == std::string_view::npos) return std::nullopt;
    const auto comment = LittleEndianAt<2>(content, at + 20);
    const auto entries = LittleEndianAt<2>(content, at + 10);
    const auto size = LittleEndianAt<4>(content, at + 12);
    const auto begin = LittleEndianAt<4>(content, at + 16);
    const bool one_disk = LittleEndianAt<4>(content, at + 4) == 0;
    if (!one_disk || at + kEndSize + comment != content.size() || begin + size != at)
        return std::nullopt;
    return Directory{begin, at, entries};
}

}  // namespace

std::optional<std::vector<std::string_view>> ZipNames(std::string_view content) {
    const auto directory = content.starts_with(kEntry) ? DirectoryOf(content) : std::nullopt;
    if (!directory) return std::nullopt;
    std::vector<std::string_view> names;
    bool from_the_begin = false;
    std::size_t at = directory->begin;
    while (at < directory->end) {
        if (directory->end - at < kListedSize || content.substr(at, 4) != kListed)
            return std::nullopt;
        const auto name = LittleEndianAt<2>(content, at + 28);
        const auto rest = LittleEndianAt<2>(content, at + 30) + LittleEndianAt<2>(content, at + 32);
        const auto entry = LittleEndianAt<4>(content, at + 42);
        if (name + rest > directory->end - at - kListedSize) return std::nullopt;
        if (entry + kEntrySize > directory->begin || content.substr(entry, 4) != kEntry)
            return std::nullopt;
        from_the_begin = from_the_begin || entry == 0;
        names.push_back(content.substr(at + kListedSize, name));
        at += kListedSize + name + rest;
    }
    if (names.size() != directory->entries || !from_the_begin) return std::nullopt;
    return names;
}

bool MayEndAsZip(std::string_view content) {
    const std::size_t window = kEndSize + kLongestComment;
    const std::size_t from = content.size() > window ? content.size() - window : 0;
    return content.find(kEnd, from) != std::string_view::npos;
}

}  // namespace livery::service_desk
