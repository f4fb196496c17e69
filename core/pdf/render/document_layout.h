#pragma once

#include <optional>
#include <vector>

#include <livery/ports/document.h>

#include "pdf/render/logo.h"
#include "pdf/render/sheet.h"
#include "pdf/render/typesetter.h"

namespace livery::pdf {

// Puts a document on pages. Thread: one.
class DocumentLayout {
 public:
    DocumentLayout(const Typesetter& typesetter, const Document& document,
                   const std::optional<Logo>& logo);

    // InvalidField with `too_tall` when something fits on no page.
    Result<std::vector<Page>> Place();

 private:
    struct SetBlock {
        SetText label;
        std::vector<SetText> lines;
        std::vector<std::pair<SetText, SetText>> facts;
        double value_x = 0;
        double height = 0;
    };
    struct SetTotal {
        SetText label;
        SetText value;
        Document::RowKind kind = Document::RowKind::kPlain;
        double height = 0;
    };

    void PlaceLetterhead();
    double PlaceMark();
    void PlaceTitle();
    Result<void> PlaceBlocks();
    SetBlock Set(const Document::Block& block, double width) const;
    void Place(const SetBlock& block, double x, double y);
    Result<void> PlaceTables();
    Result<void> PlaceParagraphs(const std::vector<Document::Paragraph>& paragraphs, double gap);
    void PlaceParagraph(const Document::Paragraph& paragraph);
    std::vector<SetTotal> SetTotals(double width) const;
    double TotalsWidth() const;
    Result<void> PlaceTotals(const std::vector<SetTotal>& totals, double width);
    void Place(const SetTotal& total, double x, double width, double values);

    const Typesetter& typesetter_;
    const Document& document_;
    const std::optional<Logo>& logo_;
    Colour accent_;
    Flow flow_;
};

// The same on every page: running head, footer, page number.
class PageFrame {
 public:
    PageFrame(const Typesetter& typesetter, const Document& document, Colour accent);

    double Top() const;  // where the footer begins
    void Place(Flow& flow) const;

 private:
    void PlaceFooter(Page& page) const;
    void PlaceRunningHead(Page& page) const;
    void PlaceNumber(Page& page, std::size_t number, std::size_t count) const;

    const Typesetter& typesetter_;
    const Document& document_;
    Colour accent_;
    std::vector<SetText> columns_;
    double columns_height_ = 0;
};

}  // namespace livery::pdf
