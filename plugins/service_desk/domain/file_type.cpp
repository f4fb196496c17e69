#include "domain/file_type.h"

#include <algorithm>
#include <array>

#include <livery/utf8.h>

#include "domain/picture_shape.h"
#include "domain/zip_directory.h"

namespace livery::service_desk {

namespace {

// How far readers that are generous look for the begin of their format.
constexpr std::size_t kHead = 1024;

struct Known {
    FileType type;
    std::string_view mime_type;
    std::array<std::string_view, 3> extensions;
    std::size_t count;
};
constexpr Known kKnown[]{
    {FileType::kPng, "image/png", {"png"}, 1},
    {FileType::kJpeg, "image/jpeg", {"jpg", "jpeg"}, 2},
    {FileType::kGif, "image/gif", {"gif"}, 1},
    {FileType::kWebp, "image/webp", {"webp"}, 1},
    {FileType::kHeic, "image/heic", {"heic", "heif"}, 2},
    {FileType::kPdf, "application/pdf", {"pdf"}, 1},
    {FileType::kText, "text/plain", {"txt", "log", "csv"}, 3},
    {FileType::kZip, "application/zip", {"zip"}, 1},
    {FileType::kDocx,
     "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
     {"docx"},
     1},
    {FileType::kXlsx,
     "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
     {"xlsx"},
     1},
    {FileType::kOdt, "application/vnd.oasis.opendocument.text", {"odt"}, 1},
};

const Known& KnownOf(FileType type) { return kKnown[static_cast<std::size_t>(type)]; }

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

bool BeginsWithoutCase(std::string_view text, std::string_view lower) {
    return text.size() >= lower.size() &&
           std::equal(lower.begin(), lower.end(), text.begin(),
                      [](char want, char is) { return want == Lower(is); });
}

// Marks of what a browser or a server would run. Chance does not write the long ones into a
// picture; the short one is looked for in the head only, where a browser looks.
constexpr std::string_view kMarks[]{"<script", "<!doctype", "<html",  "<?php",
                                    "<iframe", "<object",   "<embed", "javascript:"};
constexpr std::string_view kHeadMarks[]{"<svg", "<body", "<head", "<img", "<?xml"};

template <std::size_t N>
bool Holds(std::string_view content, const std::string_view (&marks)[N]) {
    for (std::size_t at = content.find_first_of("<jJ"); at != std::string_view::npos;
         at = content.find_first_of("<jJ", at + 1)) {
        const std::string_view rest = content.substr(at);
        if (std::any_of(std::begin(marks), std::end(marks),
                        [&](std::string_view mark) { return BeginsWithoutCase(rest, mark); }))
            return true;
    }
    return false;
}

bool HeadHoldsMarkup(std::string_view content) {
    const std::string_view head = content.substr(0, kHead);
    return Holds(head, kMarks) || Holds(head, kHeadMarks);
}

bool HeadHoldsPdf(std::string_view content) {
    return content.substr(0, kHead).find("%PDF-") != std::string_view::npos;
}

// Whether something else than the picture can be read from it.
bool IsTwoFaced(std::string_view picture) {
    return MayEndAsZip(picture) || HeadHoldsPdf(picture) || HeadHoldsMarkup(picture) ||
           Holds(picture, kMarks);
}

std::optional<FileType> PictureType(std::string_view content) {
    constexpr std::pair<FileType, bool (*)(std::string_view)> kPictures[]{
        {FileType::kPng, IsPng},
        {FileType::kJpeg, IsJpeg},
        {FileType::kGif, IsGif},
        {FileType::kWebp, IsWebp},
        {FileType::kHeic, IsHeic}};
    for (const auto& [type, is] : kPictures) {
        if (is(content)) return IsTwoFaced(content) ? std::nullopt : std::optional(type);
    }
    return std::nullopt;
}

bool IsPdf(std::string_view content) {
    if (!content.starts_with("%PDF-1.") && !content.starts_with("%PDF-2.")) return false;
    const std::size_t tail = content.size() > kHead ? content.size() - kHead : 0;
    return content.find("%%EOF", tail) != std::string_view::npos && !MayEndAsZip(content) &&
           !HeadHoldsMarkup(content);
}

// A word processor's script, a program for Java or for a telephone: archives by their shape.
bool Runs(std::string_view name) {
    return name.ends_with("vbaProject.bin") || name == "META-INF/MANIFEST.MF" ||
           name == "AndroidManifest.xml" || name == "classes.dex";
}

std::optional<FileType> ArchiveType(std::string_view content) {
    const auto names = ZipNames(content);
    if (!names || HeadHoldsPdf(content)) return std::nullopt;
    if (std::any_of(names->begin(), names->end(), Runs)) return std::nullopt;
    const auto has = [&](std::string_view name) {
        return std::find(names->begin(), names->end(), name) != names->end();
    };
    if (has("[Content_Types].xml") && has("word/document.xml")) return FileType::kDocx;
    if (has("[Content_Types].xml") && has("xl/workbook.xml")) return FileType::kXlsx;
    // It stands first and as it is, so that it is found at this place (OpenDocument 1.3 part 2).
    constexpr std::string_view kOdt = "mimetypeapplication/vnd.oasis.opendocument.textPK";
    if (content.substr(30).starts_with(kOdt)) return FileType::kOdt;
    return FileType::kZip;
}

bool IsText(std::string_view content) {
    constexpr std::string_view kMark = "\xEF\xBB\xBF";
    const std::string_view text = content.substr(content.starts_with(kMark) ? kMark.size() : 0);
    const auto is_control = [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f') || byte == 0x7F;
    };
    if (text.empty() || std::any_of(text.begin(), text.end(), is_control) || !IsUtf8(text))
        return false;
    // Of letters alone, but others than people read.
    for (const std::string_view magic : {"GIF8", "%!PS", "#!", "{\\rtf"}) {
        if (text.starts_with(magic)) return false;
    }
    return !HeadHoldsPdf(text) && !HeadHoldsMarkup(text);
}

}  // namespace

std::optional<FileType> SniffType(std::string_view content) {
    if (const auto picture = PictureType(content)) return picture;
    if (content.starts_with("PK")) return ArchiveType(content);
    if (IsPdf(content)) return FileType::kPdf;
    if (IsText(content)) return FileType::kText;
    return std::nullopt;
}

std::string_view MimeType(FileType type) { return KnownOf(type).mime_type; }

std::string_view ContentType(std::string_view mime_type) {
    return mime_type == "text/plain" ? "text/plain; charset=utf-8" : mime_type;
}

std::optional<FileType> FileTypeOf(std::string_view mime_type) {
    for (const Known& known : kKnown) {
        if (known.mime_type == mime_type) return known.type;
    }
    return std::nullopt;
}

std::span<const std::string_view> ExtensionsOf(FileType type) {
    const Known& known = KnownOf(type);
    return {known.extensions.data(), known.count};
}

}  // namespace livery::service_desk
