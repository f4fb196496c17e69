#pragma once

#include <optional>
#include <string>
#include <vector>

#include <livery/ports/document.h>

#include "pdf/render/logo.h"
#include "pdf/render/sheet.h"

namespace livery::pdf {

// Draws pages as a PDF. Throws std::runtime_error when cairo fails, InvalidField when the logo
// cannot be drawn. Thread: one.
Result<std::string> Paint(const std::vector<Page>& pages, Document::Direction direction,
                          const std::optional<Logo>& logo);

}  // namespace livery::pdf
