#include "domain/picture_shape.h"

#include <algorithm>

#include "domain/byte_order.h"

namespace livery::service_desk {

namespace {

// A browser that takes the file for a script reads the first bytes as a name and these as the
// begin of a comment, in which the rest of the head disappears.
bool OpensComment(std::string_view content, std::size_t at) {
    const std::string_view two = content.substr(at, 2);
    return two == "/*" || two == "//";
}

// Of a GIF, whose size and colours stand behind a head that reads as a name: whether they go on as
// a script does, `=1;…` or `="…`, up to a byte that none may hold.
bool BeginsScript(std::string_view sizes) {
    const auto no_script = std::find_if(sizes.begin(), sizes.end(), [](unsigned char c) {
        return (c < 0x20 && (c < '\t' || c > '\r')) || c == 0x7F;
    });
    if (no_script == sizes.end()) return true;
    const auto read = sizes.substr(0, static_cast<std::size_t>(no_script - sizes.begin()));
    for (const std::string_view mark : {"/*", "//", "=\"", "='", "=`"})
        if (read.find(mark) != std::string_view::npos) return true;
    return false;
}

// Behind a chain of blocks with their sizes before them, up to the empty one; npos: not whole.
std::size_t BehindBlocks(std::string_view content, std::size_t at) {
    while (at < content.size()) {
        const auto size = BigEndianAt<1>(content, at);
        at += 1 + size;
        if (size == 0) return at;
    }
    return std::string_view::npos;
}

// A table of colours, if the flags have one.
std::size_t ColoursOf(std::uint64_t flags) {
    return (flags & 0x80U) == 0 ? 0 : 3U << ((flags & 7U) + 1);
}

// Behind the block of a GIF that begins there; npos: none does.
std::size_t BehindGifBlock(std::string_view content, std::size_t at) {
    constexpr char kImage = 0x2C;
    constexpr char kExtension = 0x21;
    if (content[at] == kExtension) return BehindBlocks(content, at + 2);
    if (content[at] != kImage || at + 10 > content.size()) return std::string_view::npos;
    const std::size_t colours = ColoursOf(BigEndianAt<1>(content, at + 9));
    return BehindBlocks(content, at + 10 + colours + 1);
}

// Where the segments of a JPEG end and its picture begins; npos: they are none.
std::size_t PictureOfJpeg(std::string_view content) {
    constexpr std::uint64_t kScan = 0xDA;
    std::size_t at = 2;
    while (at + 4 <= content.size()) {
        if (content[at] != '\xFF') break;
        const auto marker = BigEndianAt<1>(content, at + 1);
        if (marker == 0xFF) {  // fills up
            ++at;
            continue;
        }
        const auto size = BigEndianAt<2>(content, at + 2);
        if (marker < 0xC0 || (marker >= 0xD0 && marker <= 0xD9) || size < 2) break;
        at += 2 + size;
        if (marker == kScan) return at;
    }
    return std::string_view::npos;
}

struct Box {
    std::string_view kind;
    std::uint64_t size = 0;  // with its head
};

// Of an ISO base media file (ISO/IEC 14496-12 section 4.2).
Box BoxAt(std::string_view content, std::size_t at) {
    if (content.size() - at < 8) return {};
    Box box{content.substr(at + 4, 4), BigEndianAt<4>(content, at)};
    if (box.size == 1)
        box.size = content.size() - at < 16 ? 0 : BigEndianAt<8>(content, at + 8);
    else if (box.size == 0)
        box.size = content.size() - at;
    if (box.size < 8 || box.size > content.size() - at) return {};
    return box;
}

bool NamesHeic(std::string_view brands) {
    for (std::size_t at = 0; at + 4 <= brands.size(); at += 4) {
        if (at == 4) continue;  // the minor version
        const std::string_view brand = brands.substr(at, 4);
        if (brand == "heic" || brand == "heix" || brand == "heim" || brand == "heis") return true;
    }
    return false;
}

}  // namespace

bool IsPng(std::string_view content) {
    constexpr std::string_view kHead = "\x89PNG\r\n\x1A\n";
    if (content.size() < 33 || !content.starts_with(kHead) || content.substr(12, 4) != "IHDR")
        return false;
    std::size_t at = kHead.size();
    while (content.size() - at >= 12) {
        const auto size = BigEndianAt<4>(content, at);
        const std::string_view kind = content.substr(at + 4, 4);
        if (size > content.size() - at - 12) return false;
        at += 12 + size;
        if (kind == "IEND") return at == content.size();
    }
    return false;
}

bool IsJpeg(std::string_view content) {
    if (content.size() < 6 || !content.starts_with("\xFF\xD8\xFF") || OpensComment(content, 4))
        return false;
    const std::size_t picture = PictureOfJpeg(content);
    return picture != std::string_view::npos &&
           content.find("\xFF\xD9", picture) != std::string_view::npos;
}

bool IsGif(std::string_view content) {
    const bool begins = content.starts_with("GIF87a") || content.starts_with("GIF89a");
    if (!begins || content.size() < 14) return false;
    if (BeginsScript(content.substr(6, 7))) return false;
    std::size_t at = 13 + ColoursOf(BigEndianAt<1>(content, 10));
    while (at < content.size()) {
        if (content[at] == 0x3B) return at + 1 == content.size();
        at = BehindGifBlock(content, at);
    }
    return false;
}

bool IsWebp(std::string_view content) {
    if (!content.starts_with("RIFF") || content.size() < 20 || OpensComment(content, 4))
        return false;
    const std::string_view kind = content.substr(8, 8);
    return (kind == "WEBPVP8 " || kind == "WEBPVP8L" || kind == "WEBPVP8X") &&
           LittleEndianAt<4>(content, 4) + 8 == content.size();
}

bool IsHeic(std::string_view content) {
    const Box first = BoxAt(content, 0);
    if (first.kind != "ftyp" || first.size < 16) return false;
    if (!NamesHeic(content.substr(8, first.size - 8))) return false;
    bool described = false;
    for (std::size_t at = first.size; at < content.size();) {
        const Box box = BoxAt(content, at);
        if (box.size == 0) return false;
        described = described || box.kind == "meta";
        at += box.size;
    }
    return described;
}

}  // namespace livery::service_desk
