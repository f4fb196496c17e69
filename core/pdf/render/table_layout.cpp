#include "pdf/render/table_layout.h"

#include <algorithm>
#include <numeric>

namespace livery::pdf {

namespace {

using RowKind = Document::RowKind;

constexpr double kGutter = 14;
constexpr double kPadding = 5;
constexpr double kHeadPadding = 4;
constexpr double kHeadingGap = 6;
constexpr double kNarrowest = 64;  // of a column of words that gives way to figures

const style::Type& TypeOf(RowKind kind) {
    return kind == RowKind::kPlain ? style::kBody : style::kBodyBold;
}

double Sum(const std::vector<double>& lengths) {
    return std::accumulate(lengths.begin(), lengths.end(), 0.0);
}

}  // namespace

TableLayout::TableLayout(const Typesetter& typesetter, const Document::Table& table, Colour accent)
    : typesetter_(typesetter), table_(table), accent_(accent) {
    rows_.resize(table.rows.size());
    SetCells();
    SetNotes();
    SetHead();
}

bool TableLayout::AtEnd(std::size_t column) const {
    return table_.columns[column].align == Document::Align::kEnd;
}

// Figures are set first, in one line each: the widths of the columns depend on them.
void TableLayout::SetCells() {
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        const Document::Row& row = table_.rows[i];
        rows_[i].kind = row.kind;
        rows_[i].cells.resize(row.cells.size());
        for (std::size_t column = 0; column < row.cells.size(); ++column) {
            if (AtEnd(column))
                rows_[i].cells[column] = typesetter_.SetLine(row.cells[column], TypeOf(row.kind));
        }
    }
    FindWidths();
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        const Document::Row& row = table_.rows[i];
        for (std::size_t column = 0; column < row.cells.size(); ++column) {
            SetText& cell = rows_[i].cells[column];
            if (!AtEnd(column) || cell.width > widths_[column]) {
                cell = typesetter_.Set(row.cells[column], TypeOf(row.kind), widths_[column],
                                       table_.columns[column].align);
            }
            if (row.cells[column].empty()) cell.lines = 0;
            rows_[i].height = std::max(rows_[i].height, cell.height());
        }
    }
}

void TableLayout::FindNaturalWidths() {
    natural_.assign(table_.columns.size(), 0);
    for (std::size_t column = 0; column < natural_.size(); ++column) {
        if (!AtEnd(column)) continue;
        for (const SetRow& row : rows_)
            natural_[column] = std::max(natural_[column], row.cells[column].width);
    }
}

// As the shares say; then columns of figures grow to their widest, and the others give way.
void TableLayout::FindWidths() {
    const std::size_t count = table_.columns.size();
    const double inner = style::kContentWidth - kGutter * static_cast<double>(count - 1);
    double shares = 0;
    for (const Document::Column& column : table_.columns) shares += column.width;
    FindNaturalWidths();
    std::vector<double> wanted(count, 0);
    std::vector<double> spare(count, 0);
    for (std::size_t i = 0; i < count; ++i) {
        const double width = inner * table_.columns[i].width / shares;
        widths_.push_back(width);
        wanted[i] = std::max(0.0, natural_[i] - width);
        spare[i] = std::max(0.0, width - (AtEnd(i) ? natural_[i] : kNarrowest));
    }
    const double moved = std::min(Sum(wanted), Sum(spare));
    double left = 0;
    for (std::size_t i = 0; i < count; ++i) {
        if (moved > 0) {
            widths_[i] += wanted[i] * moved / Sum(wanted);
            widths_[i] -= spare[i] * moved / Sum(spare);
        }
        lefts_.push_back(left);
        left += widths_[i] + kGutter;
    }
}

void TableLayout::SetNotes() {
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        SetRow& row = rows_[i];
        if (table_.rows[i].notes.empty()) {
            row.height += 2 * kPadding;
            continue;
        }
        double first = row.cells.front().height();
        for (const std::string& note : table_.rows[i].notes) {
            row.notes.push_back(typesetter_.Set(note, style::kLabel, widths_.front()));
            first += row.notes.back().height();
        }
        row.height = std::max(row.height, first) + 2 * kPadding;
    }
}

void TableLayout::SetHead() {
    for (std::size_t i = 0; i < table_.columns.size(); ++i) {
        const Document::Column& column = table_.columns[i];
        head_.push_back(typesetter_.Set(column.heading, style::kLabel, widths_[i], column.align));
        head_height_ = std::max(head_height_, head_.back().height());
    }
    head_height_ += 2 * kHeadPadding;
}

std::size_t TableLayout::EndOfGroup(std::size_t begin) const {
    std::size_t end = begin + 1;
    while (end < rows_.size() && rows_[end].kind != RowKind::kPlain) ++end;
    return end;
}

double TableLayout::HeightOf(std::size_t begin, std::size_t end) const {
    double height = 0;
    for (std::size_t i = begin; i < end; ++i) height += rows_[i].height;
    return height;
}

// Figures end at the column's end. From right to left that is where they begin to be read, so there
// they stand in a box as wide as the widest: units under units in every direction.
double TableLayout::LeftOf(const SetText& cell, std::size_t column) const {
    if (!AtEnd(column)) return lefts_[column];
    const bool mirrored = typesetter_.direction() == Document::Direction::kRightToLeft;
    return EndOf(column) - (mirrored ? std::max(cell.box, natural_[column]) : cell.box);
}

void TableLayout::PlaceHead(Flow& flow) const {
    for (std::size_t i = 0; i < head_.size(); ++i) {
        const double y = flow.y() + head_height_ - kHeadPadding - head_[i].height();
        const double x = AtEnd(i) ? EndOf(i) - head_[i].box : lefts_[i];
        flow.Text(head_[i], style::kMargin + x, y);
    }
    flow.Advance(head_height_);
    flow.Bar(
        {style::kMargin, flow.y() - style::kStrong, style::kContentWidth, style::kStrong, accent_});
}

void TableLayout::PlaceRow(Flow& flow, const SetRow& row) const {
    const double top = flow.y() + kPadding;
    if (row.kind == RowKind::kTotal) {
        flow.Bar({style::kMargin, flow.y() - style::kThin, style::kContentWidth, style::kThin,
                  style::kInk});
    }
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
        if (row.cells[i].lines > 0)
            flow.Text(row.cells[i], style::kMargin + LeftOf(row.cells[i], i), top);
    }
    double note_top = top + row.cells.front().height();
    for (const SetText& note : row.notes) {
        flow.Text(note, style::kMargin + lefts_.front(), note_top);
        note_top += note.height();
    }
    flow.Advance(row.height);
    flow.Bar({style::kMargin, flow.y() - style::kThin, style::kContentWidth, style::kThin,
              style::kHair});
}

Result<void> TableLayout::PlaceGroup(Flow& flow, std::size_t begin, std::size_t end,
                                     double after) const {
    const double height = HeightOf(begin, end);
    const double room = flow.page_height() - head_height_;
    if (height > room) {
        if (end - begin == 1) return InvalidField("tables", "too_tall");
        for (std::size_t i = begin; i < end; ++i) LIVERY_TRY(PlaceGroup(flow, i, i + 1, 0));
        return {};
    }
    const double wanted = height + (height + after <= room ? after : 0);
    if (wanted > flow.Left()) {
        flow.NewPage();
        PlaceHead(flow);
    }
    for (std::size_t i = begin; i < end; ++i) PlaceRow(flow, rows_[i]);
    return {};
}

Result<void> TableLayout::Place(Flow& flow, double after) const {
    double top = head_height_;
    SetText heading;
    if (!table_.heading.empty()) {
        heading = typesetter_.Set(table_.heading, style::kHeading, style::kContentWidth);
        top += heading.height() + kHeadingGap;
    }
    const std::size_t first_end = rows_.empty() ? 0 : EndOfGroup(0);
    const double first = std::min(HeightOf(0, first_end), flow.page_height() / 2);
    if (!flow.MakeRoom(top + first)) return InvalidField("tables", "too_tall");
    if (heading.layout) {
        flow.Text(heading, style::kMargin, flow.y());
        flow.Advance(heading.height() + kHeadingGap);
    }
    PlaceHead(flow);
    for (std::size_t begin = 0; begin < rows_.size();) {
        const std::size_t end = EndOfGroup(begin);
        LIVERY_TRY(PlaceGroup(flow, begin, end, end == rows_.size() ? after : 0));
        begin = end;
    }
    return {};
}

}  // namespace livery::pdf
