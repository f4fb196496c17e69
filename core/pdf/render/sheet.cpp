#include "pdf/render/sheet.h"

namespace livery::pdf {

Flow::Flow(double first_top, double later_top, double end)
    : top_(first_top), later_top_(later_top), end_(end), y_(first_top) {}

void Flow::NewPage() {
    pages_.emplace_back();
    top_ = later_top_;
    y_ = later_top_;
}

bool Flow::MakeRoom(double height) {
    if (height <= Left()) return true;
    if (height > page_height()) return false;
    NewPage();
    return true;
}

void Flow::Gap(double height) {
    if (!at_top()) y_ += height;
}

void Flow::Text(const SetText& text, double x, double y) {
    pages_.back().items.emplace_back(PlacedText{text, x, y, 0, text.lines});
}

void Flow::Lines(const SetText& text, double x, int first, int end) {
    pages_.back().items.emplace_back(PlacedText{text, x, y_, first, end});
    y_ += text.leading * (end - first);
}

}  // namespace livery::pdf
