#pragma once

#include <string>
#include <string_view>

#include <livery/ports/document.h>

namespace livery::pdf {

// What the program calls itself in the metadata.
inline constexpr std::string_view kProducer = "Livery";

// 2026-03-31T12:00:00Z and D:20260331120000Z: the same second in both kinds of metadata.
std::string XmpDate(Instant instant);
std::string PdfDate(Instant instant);

// The XMP packet of a PDF/A-3B document with the caller's extension in it.
// InvalidField("xmp_extension", "xml") when that is not well-formed. Pure.
Result<std::string> XmpPacket(const Document& document);

}  // namespace livery::pdf
