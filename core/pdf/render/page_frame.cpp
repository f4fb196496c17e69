#include <algorithm>

#include <fmt/format.h>

#include "pdf/render/document_layout.h"

namespace livery::pdf {

namespace {

using style::kContentWidth;
using style::kMargin;
using style::kPageHeight;

constexpr double kColumnGutter = 20;
constexpr double kNumberHeight = 10;
constexpr double kRuleGap = 8;
constexpr double kClear = 18;  // between what is said and the footer

std::string Replaced(std::string text, std::string_view mark, std::size_t number) {
    const std::size_t at = text.find(mark);
    return at == std::string::npos ? text : text.replace(at, mark.size(), std::to_string(number));
}

}  // namespace

PageFrame::PageFrame(const Typesetter& typesetter, const Document& document, Colour accent)
    : typesetter_(typesetter), document_(document), accent_(accent) {
    const auto count = static_cast<double>(std::max<std::size_t>(document.footer.size(), 1));
    const double width = (kContentWidth - kColumnGutter * (count - 1)) / count;
    for (const std::vector<std::string>& column : document.footer) {
        const std::string text = fmt::format("{}", fmt::join(column, "\n"));
        columns_.push_back(typesetter_.Set(text, style::kSmall, width));
        columns_height_ = std::max(columns_height_, columns_.back().height());
    }
}

double PageFrame::Top() const {
    const double columns = columns_.empty() ? 0 : columns_height_ + 2 * kRuleGap;
    return kPageHeight - style::kBottom - kNumberHeight - columns - kClear;
}

void PageFrame::Place(Flow& flow) const {
    std::vector<Page>& pages = flow.pages();
    for (std::size_t i = 0; i < pages.size(); ++i) {
        if (i > 0) PlaceRunningHead(pages[i]);
        PlaceFooter(pages[i]);
        PlaceNumber(pages[i], i + 1, pages.size());
    }
}

void PageFrame::PlaceRunningHead(Page& page) const {
    constexpr double kTop = 40;
    const SetText name = typesetter_.Set(document_.brand.name, style::kLabel, kContentWidth / 2);
    const SetText title =
        typesetter_.Set(document_.title, style::kLabel, kContentWidth / 2, Document::Align::kEnd);
    page.items.emplace_back(PlacedText{name, kMargin, kTop, 0, 1});
    page.items.emplace_back(PlacedText{title, kMargin + kContentWidth / 2, kTop, 0, 1});
    page.items.emplace_back(
        PlacedBar{kMargin, kTop + name.leading + 5, kContentWidth, style::kThin, style::kHair});
}

void PageFrame::PlaceFooter(Page& page) const {
    if (columns_.empty()) return;
    const double top = Top() + kClear;
    page.items.emplace_back(PlacedBar{kMargin, top, kContentWidth, style::kThin, style::kHair});
    double x = kMargin;
    for (const SetText& column : columns_) {
        page.items.emplace_back(PlacedText{column, x, top + kRuleGap, 0, column.lines});
        x += column.box + kColumnGutter;
    }
}

void PageFrame::PlaceNumber(Page& page, std::size_t number, std::size_t count) const {
    if (document_.page_number.empty()) return;
    const std::string text =
        Replaced(Replaced(document_.page_number, "{page}", number), "{pages}", count);
    const SetText set = typesetter_.Set(text, style::kSmall, kContentWidth, Document::Align::kEnd);
    page.items.emplace_back(
        PlacedText{set, kMargin, kPageHeight - style::kBottom - kNumberHeight, 0, 1});
}

}  // namespace livery::pdf
