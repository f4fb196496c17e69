#include "pdf/render/render.h"

#include <optional>

#include "pdf/render/document_layout.h"
#include "pdf/render/logo.h"
#include "pdf/render/package.h"
#include "pdf/render/painter.h"

namespace livery::pdf {

Result<std::string> RenderDocument(const Document& document) {
    std::optional<Logo> logo;
    if (!document.brand.logo_svg.empty()) logo = LIVERY_TRY(Logo::Read(document.brand.logo_svg));
    const Typesetter typesetter(document.language, document.direction);
    const std::vector<Page> pages = LIVERY_TRY(DocumentLayout(typesetter, document, logo).Place());
    return Package(LIVERY_TRY(Paint(pages, document.direction, logo)), document);
}

}  // namespace livery::pdf
