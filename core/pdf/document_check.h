#pragma once

#include <livery/ports/document.h>

namespace livery::pdf {

// What can be told without setting it; the words are those of PdfRenderer::Render. Pure.
Result<void> CheckDocument(const Document& document);

}  // namespace livery::pdf
