#include "pdf/render/document_layout.h"

#include <algorithm>
#include <numeric>

#include "pdf/render/table_layout.h"

namespace livery::pdf {

namespace {

using style::kContentWidth;
using style::kMargin;
using RowKind = Document::RowKind;

constexpr double kSection = 22;  // between what does not belong together
constexpr double kBlockGutter = 28;
constexpr std::size_t kBlocksInARow = 3;
constexpr double kFactGap = 14;
constexpr double kParagraphGap = 8;
constexpr double kTotalPadding = 3.5;
constexpr double kLeastTotals = 0.44 * kContentWidth;
constexpr double kMostTotals = 0.8 * kContentWidth;
constexpr double kTotalsGap = 14;

Colour Accent(const Document& document) {
    return ReadableOnWhite(ParseColour(document.brand.colour).value_or(style::kInk));
}

std::string Joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += (text.empty() ? "" : "\n") + line;
    return text;
}

}  // namespace

DocumentLayout::DocumentLayout(const Typesetter& typesetter, const Document& document,
                               const std::optional<Logo>& logo)
    : typesetter_(typesetter),
      document_(document),
      logo_(logo),
      accent_(Accent(document)),
      flow_(style::kTop, style::kTopLater, 0) {}

Result<std::vector<Page>> DocumentLayout::Place() {
    const PageFrame frame(typesetter_, document_, accent_);
    if (frame.Top() < style::kPageHeight / 2) return InvalidField("footer", "too_tall");
    flow_ = Flow(style::kTop, style::kTopLater, frame.Top());
    PlaceLetterhead();
    PlaceTitle();
    LIVERY_TRY(PlaceBlocks());
    LIVERY_TRY(PlaceParagraphs(document_.opening, kSection));
    LIVERY_TRY(PlaceTables());
    LIVERY_TRY(PlaceParagraphs(document_.notes, kSection));
    frame.Place(flow_);
    return std::move(flow_.pages());
}

// The logo, or the name in type; how tall it is.
double DocumentLayout::PlaceMark() {
    if (!logo_) {
        const SetText name =
            typesetter_.Set(document_.brand.name, style::kBrandName, kContentWidth / 2);
        flow_.Text(name, kMargin, flow_.y());
        return name.height();
    }
    const double scale =
        std::min(style::kLogoHeight / logo_->height(), style::kLogoWidth / logo_->width());
    const PlacedLogo place{kMargin, flow_.y(), logo_->width() * scale, logo_->height() * scale};
    flow_.Logo(place);
    return place.height;
}

void DocumentLayout::PlaceLetterhead() {
    double height = PlaceMark();
    const std::string address = Joined(document_.brand.address);
    if (!address.empty()) {
        constexpr double kWidth = kContentWidth * 0.45;
        const SetText lines =
            typesetter_.Set(address, style::kSmall, kWidth, Document::Align::kEnd);
        flow_.Text(lines, kMargin + kContentWidth - kWidth, flow_.y());
        height = std::max(height, lines.height());
    }
    flow_.Advance(height + 36);
}

void DocumentLayout::PlaceTitle() {
    const SetText title = typesetter_.Set(document_.title, style::kTitle, kContentWidth);
    flow_.Text(title, kMargin, flow_.y());
    flow_.Advance(title.height() + 14);
}

DocumentLayout::SetBlock DocumentLayout::Set(const Document::Block& block, double width) const {
    SetBlock set;
    if (!block.label.empty()) {
        set.label = typesetter_.Set(block.label, style::kLabel, width);
        set.height = set.label.height() + 2;
    }
    for (const std::string& line : block.lines) {
        set.lines.push_back(typesetter_.Set(line, style::kBody, width));
        set.height += set.lines.back().height();
    }
    double label_width = 0;
    for (const Document::Fact& fact : block.facts) {
        const SetText label = typesetter_.SetLine(fact.label, style::kFactLabel);
        label_width = std::max(label_width, std::min(label.width, width * 0.55));
    }
    set.value_x = label_width + kFactGap;
    for (const Document::Fact& fact : block.facts) {
        SetText label = typesetter_.Set(fact.label, style::kFactLabel, label_width + 0.5);
        SetText value = typesetter_.Set(fact.value, style::kBody, width - set.value_x);
        set.height += std::max(label.height(), value.height()) + 1.5;
        set.facts.emplace_back(std::move(label), std::move(value));
    }
    return set;
}

void DocumentLayout::Place(const SetBlock& block, double x, double y) {
    if (block.label.layout) {
        flow_.Text(block.label, x, y);
        y += block.label.height() + 2;
    }
    for (const SetText& line : block.lines) {
        flow_.Text(line, x, y);
        y += line.height();
    }
    for (const auto& [label, value] : block.facts) {
        flow_.Text(label, x, y);
        flow_.Text(value, x + block.value_x, y);
        y += std::max(label.height(), value.height()) + 1.5;
    }
}

Result<void> DocumentLayout::PlaceBlocks() {
    const std::size_t columns = std::clamp<std::size_t>(document_.blocks.size(), 2, kBlocksInARow);
    const double width = (kContentWidth - kBlockGutter * static_cast<double>(columns - 1)) /
                         static_cast<double>(columns);
    for (std::size_t begin = 0; begin < document_.blocks.size(); begin += columns) {
        const std::size_t end = std::min(begin + columns, document_.blocks.size());
        std::vector<SetBlock> row;
        double height = 0;
        for (std::size_t i = begin; i < end; ++i) {
            row.push_back(Set(document_.blocks[i], width));
            height = std::max(height, row.back().height);
        }
        if (!flow_.MakeRoom(height)) return InvalidField("blocks", "too_tall");
        double x = kMargin;
        for (const SetBlock& block : row) {
            Place(block, x, flow_.y());
            x += width + kBlockGutter;
        }
        flow_.Advance(height);
        flow_.Gap(14);
    }
    return {};
}

// The last rows of the last table go where the totals go.
Result<void> DocumentLayout::PlaceTables() {
    const double width = TotalsWidth();
    const std::vector<SetTotal> totals = SetTotals(width);
    double after = totals.empty() ? 0 : kTotalsGap;
    for (const SetTotal& total : totals) after += total.height;
    for (std::size_t i = 0; i < document_.tables.size(); ++i) {
        flow_.Gap(i == 0 ? 8 : kSection);
        const TableLayout table(typesetter_, document_.tables[i], accent_);
        LIVERY_TRY(table.Place(flow_, i + 1 == document_.tables.size() ? after : 0));
    }
    return PlaceTotals(totals, width);
}

double DocumentLayout::TotalsWidth() const {
    double width = kLeastTotals;
    for (const Document::Total& total : document_.totals) {
        const style::Type& type = total.kind == RowKind::kTotal ? style::kGrand : style::kBodyBold;
        width = std::max(width, typesetter_.SetLine(total.label, type).width + kFactGap * 2 +
                                    typesetter_.SetLine(total.value, type).width);
    }
    return std::min(width, kMostTotals);
}

std::vector<DocumentLayout::SetTotal> DocumentLayout::SetTotals(double width) const {
    std::vector<SetTotal> totals;
    for (const Document::Total& total : document_.totals) {
        style::Type type = total.kind == RowKind::kSubtotal ? style::kBodyBold : style::kBody;
        if (total.kind == RowKind::kTotal) type = style::kGrand;
        SetTotal set;
        set.kind = total.kind;
        set.value = typesetter_.SetLine(total.value, type);
        if (set.value.width > width * 0.6)
            set.value = typesetter_.Set(total.value, type, width * 0.6, Document::Align::kEnd);
        set.label = typesetter_.Set(total.label, type, width - set.value.box - kFactGap);
        set.height = std::max(set.value.height(), set.label.height()) + 2 * kTotalPadding;
        if (total.kind == RowKind::kTotal) set.height += 2 * kTotalPadding;
        totals.push_back(std::move(set));
    }
    return totals;
}

// `values`: the width of the widest value; see TableLayout::LeftOf.
void DocumentLayout::Place(const SetTotal& total, double x, double width, double values) {
    double y = flow_.y() + kTotalPadding;
    if (total.kind == RowKind::kTotal) {
        y += kTotalPadding;
        flow_.Bar({x, flow_.y() + kTotalPadding / 2, width, style::kStrong, accent_});
    }
    flow_.Text(total.label, x, y);
    const bool mirrored = document_.direction == Document::Direction::kRightToLeft;
    flow_.Text(total.value, x + width - (mirrored ? values : total.value.box), y);
    flow_.Advance(total.height);
}

Result<void> DocumentLayout::PlaceTotals(const std::vector<SetTotal>& totals, double width) {
    if (totals.empty()) return {};
    double height = kTotalsGap;
    double values = 0;
    for (const SetTotal& total : totals) {
        height += total.height;
        values = std::max(values, total.value.box);
    }
    if (!flow_.MakeRoom(height)) return InvalidField("totals", "too_tall");
    flow_.Gap(kTotalsGap);
    const double x = kMargin + kContentWidth - width;
    for (const SetTotal& total : totals) Place(total, x, width, values);
    return {};
}

Result<void> DocumentLayout::PlaceParagraphs(const std::vector<Document::Paragraph>& paragraphs,
                                             double gap) {
    for (const Document::Paragraph& paragraph : paragraphs) {
        flow_.Gap(&paragraph == &paragraphs.front() ? gap : kParagraphGap);
        PlaceParagraph(paragraph);
    }
    return {};
}

// Long ones go on on the next page; two lines at least stay together.
void DocumentLayout::PlaceParagraph(const Document::Paragraph& paragraph) {
    const SetText text = typesetter_.Set(paragraph.text, style::kProse, kContentWidth);
    SetText heading;
    if (!paragraph.heading.empty())
        heading = typesetter_.Set(paragraph.heading, style::kBodyBold, kContentWidth);
    flow_.MakeRoom(heading.height() + text.leading * std::min(text.lines, 2));
    if (heading.layout) flow_.Lines(heading, kMargin, 0, heading.lines);
    for (int line = 0; line < text.lines;) {
        int end = line + std::max(1, static_cast<int>(flow_.Left() / text.leading));
        if (end >= text.lines) end = text.lines;
        if (end == text.lines - 1 && end - line > 2) --end;
        flow_.Lines(text, kMargin, line, end);
        line = end;
        if (line < text.lines) flow_.NewPage();
    }
}

}  // namespace livery::pdf
