#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace livery::service_desk {

// What may be attached to a message: pictures and papers, nothing that runs.
enum class FileType : std::uint8_t {
    kPng,
    kJpeg,
    kGif,
    kWebp,
    kHeic,
    kPdf,
    kText,
    kZip,
    kDocx,
    kXlsx,
    kOdt,
};
inline constexpr FileType kFileTypes[]{FileType::kPng,  FileType::kJpeg, FileType::kGif,
                                       FileType::kWebp, FileType::kHeic, FileType::kPdf,
                                       FileType::kText, FileType::kZip,  FileType::kDocx,
                                       FileType::kXlsx, FileType::kOdt};

// What a file is, by its content alone; nullopt: nothing of the list, or that and something else
// at once (a picture that is a script too, a paper that is an archive too).
//
// Own code, not libmagic: libmagic names hundreds of types from the first bytes that fit, other
// ones with each release of its database, needs a handle for each thread and a parser for all of
// them; and says nothing of what stands behind those bytes, which is what two-faced files are made
// of. Eleven types that are walked to their end are less code than the guard around it. Pure.
std::optional<FileType> SniffType(std::string_view content);

std::string_view MimeType(FileType type);
// How a browser is told of it: the type, and of text its encoding.
std::string_view ContentType(std::string_view mime_type);
std::optional<FileType> FileTypeOf(std::string_view mime_type);
// That such a file may be called by, the usual one first; lower case, without the dot.
std::span<const std::string_view> ExtensionsOf(FileType type);

}  // namespace livery::service_desk
