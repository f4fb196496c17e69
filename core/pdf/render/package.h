#pragma once

#include <string>

#include <livery/ports/document.h>

namespace livery::pdf {

// Completes a PDF that was painted: language, metadata, attachments, and what PDF/A-3B asks for.
// The same input gives the same bytes. InvalidField("xmp_extension", "xml"). Throws what qpdf
// throws. Thread: one.
Result<std::string> Package(const std::string& painted, const Document& document);

}  // namespace livery::pdf
