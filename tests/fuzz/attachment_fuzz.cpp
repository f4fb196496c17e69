// A file that is attached to a ticket: the first line is what it is called, the rest what it holds.

#include <algorithm>
#include <string>

#include <livery/utf8.h>

#include "domain/file_name.h"
#include "domain/file_type.h"
#include "require.h"

namespace livery::fuzz {
namespace {

using namespace service_desk;

bool HoldsByte(std::string_view text, std::string_view bytes) {
    return text.find_first_of(bytes) != std::string_view::npos;
}

bool HoldsControl(std::string_view text) {
    return std::any_of(text.begin(), text.end(),
                       [](unsigned char c) { return c < 0x20 || c == 0x7F; });
}

// U+200B to U+200F, U+202A to U+202E, U+2066 to U+2069.
bool TurnsOrHides(std::string_view text) {
    for (std::size_t at = text.find("\xE2\x80"); at != std::string_view::npos;
         at = text.find("\xE2\x80", at + 1)) {
        const auto last = static_cast<unsigned char>(text[at + 2]);
        if ((last >= 0x8B && last <= 0x8F) || (last >= 0xAA && last <= 0xAE)) return true;
    }
    for (const std::string_view isolate :
         {"\xE2\x81\xA6", "\xE2\x81\xA7", "\xE2\x81\xA8", "\xE2\x81\xA9"})
        if (text.find(isolate) != std::string_view::npos) return true;
    return false;
}

bool EndsAs(std::string_view name, FileType type) {
    std::string end(name.substr(name.rfind('.') + 1));
    std::transform(end.begin(), end.end(), end.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    const auto known = ExtensionsOf(type);
    return std::find(known.begin(), known.end(), end) != known.end();
}

void CheckName(std::string_view name, FileType type) {
    const std::string clean = CleanFileName(name, type);
    Require(IsUtf8(clean), "a name is text");
    Require(!HoldsByte(clean, "/\\<>:\"|?*"), "a name is no path and no device");
    Require(!HoldsControl(clean), "no control character in a name");
    Require(!TurnsOrHides(clean), "a name reads as it is");
    Require(clean.front() != '.' && clean.front() != ' ', "a name hides no file");
    Require(clean.back() != '.' && clean.back() != ' ', "a name ends with its extension");
    Require(Characters(clean) <= kLongestFileName, "a name is not too long");
    Require(EndsAs(clean, type), "a name agrees with the type");
    Require(CleanFileName(clean, type) == clean, "a clean name stays as it is");
}

bool HoldsScript(std::string_view content) {
    std::string lower(content);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return lower.find("<script") != std::string::npos || lower.find("<html") != std::string::npos;
}

bool IsPicture(FileType type) { return MimeType(type).starts_with("image/"); }

void CheckContent(std::string_view content) {
    const auto type = SniffType(content);
    if (!type) return;
    const std::string_view head = content.substr(0, 1024);
    const std::size_t tail = content.size() > 65'557 ? content.size() - 65'557 : 0;
    const bool archive = content.starts_with("PK\3\4");
    Require(!content.empty(), "nothing is nothing");
    Require(*type == FileType::kPdf || head.find("%PDF-") == std::string_view::npos,
            "only a PDF begins as one");
    Require(*type != FileType::kPdf || content.starts_with("%PDF-"), "a PDF begins as one");
    Require(archive || content.find("PK\5\6", tail) == std::string_view::npos,
            "only an archive ends as one");
    Require(archive || !HoldsScript(head), "no head holds a script");
    Require(!IsPicture(*type) || !HoldsScript(content), "no picture holds a script");
    Require(*type != FileType::kText || IsUtf8(content), "text is UTF-8");
    Require(*type != FileType::kText || content.find('\0') == std::string_view::npos,
            "text has no NUL");
    Require(!content.starts_with("MZ\x90") &&
                !content.starts_with("\x7F"
                                     "ELF") &&
                !content.starts_with("#!"),
            "nothing that runs");
    Require(FileTypeOf(MimeType(*type)) == type, "a type is found by what it is called");
}

void Check(std::string_view input) {
    const std::size_t line = input.find('\n');
    const std::string_view name = input.substr(0, line);
    for (const FileType type : kFileTypes) CheckName(name, type);
    if (line != std::string_view::npos) CheckContent(input.substr(line + 1));
}

}  // namespace
}  // namespace livery::fuzz

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    livery::fuzz::Check(livery::fuzz::TextOf(data, size));
    return 0;
}
