#pragma once

#include <string>

#include <livery/ports/document.h>

namespace livery::pdf {

// The whole way from a document that CheckDocument passed to bytes; LoadFonts comes first. Throws
// std::exception when a library fails. Thread: one; for the host it is done by WorkerRenderer.
Result<std::string> RenderDocument(const Document& document);

}  // namespace livery::pdf
