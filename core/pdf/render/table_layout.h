#pragma once

#include <vector>

#include <livery/ports/document.h>

#include "pdf/render/sheet.h"
#include "pdf/render/typesetter.h"

namespace livery::pdf {

// Puts one table into a flow: its column headings stand again on every page, a row is never split,
// and subtotals stay with the row before them.
class TableLayout {
 public:
    TableLayout(const Typesetter& typesetter, const Document::Table& table, Colour accent);

    // `after`: height that must fit under the last row on its page. InvalidField("tables",
    // "too_tall") when a row is taller than a page.
    Result<void> Place(Flow& flow, double after) const;

 private:
    struct SetRow {
        std::vector<SetText> cells;
        std::vector<SetText> notes;
        Document::RowKind kind = Document::RowKind::kPlain;
        double height = 0;
    };

    void SetCells();
    void FindWidths();
    void FindNaturalWidths();
    void SetNotes();
    void SetHead();
    std::size_t EndOfGroup(std::size_t begin) const;
    double HeightOf(std::size_t begin, std::size_t end) const;
    Result<void> PlaceGroup(Flow& flow, std::size_t begin, std::size_t end, double after) const;
    void PlaceHead(Flow& flow) const;
    void PlaceRow(Flow& flow, const SetRow& row) const;
    double LeftOf(const SetText& cell, std::size_t column) const;
    double EndOf(std::size_t column) const { return lefts_[column] + widths_[column]; }
    bool AtEnd(std::size_t column) const;

    const Typesetter& typesetter_;
    const Document::Table& table_;
    Colour accent_;
    std::vector<double> natural_;  // of the widest figures of a column
    std::vector<double> lefts_;
    std::vector<double> widths_;
    std::vector<SetText> head_;
    double head_height_ = 0;
    std::vector<SetRow> rows_;
};

}  // namespace livery::pdf
