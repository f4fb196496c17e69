#pragma once

#include <variant>
#include <vector>

#include "pdf/render/typesetter.h"

namespace livery::pdf {

// What stands on pages, before it is drawn. Lengths from the top and from the edge where the
// direction starts, in points: a document from right to left is the mirror image.
struct PlacedText {
    SetText text;
    double x = 0;  // of the box
    double y = 0;  // of the top of the first line
    int first_line = 0;
    int end_line = 0;
};
struct PlacedBar {
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;
    Colour colour;
};
struct PlacedLogo {
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;
};
struct Page {
    std::vector<std::variant<PlacedText, PlacedBar, PlacedLogo>> items;
};

// Where the next thing goes. A page ends where the footer begins. Thread: one.
class Flow {
 public:
    Flow(double first_top, double later_top, double end);

    // A thing as tall as `height` can be placed at y() after this; false when no page can hold it.
    bool MakeRoom(double height);
    double Left() const { return end_ - y_; }
    double y() const { return y_; }
    double page_height() const { return end_ - later_top_; }
    bool at_top() const { return y_ <= top_; }
    std::size_t page() const { return pages_.size() - 1; }
    void Advance(double height) { y_ += height; }
    // Space between things: none at the top of a page.
    void Gap(double height);
    void NewPage();

    void Text(const SetText& text, double x, double y);
    void Lines(const SetText& text, double x, int first, int end);
    void Bar(const PlacedBar& bar) { pages_.back().items.emplace_back(bar); }
    void Logo(const PlacedLogo& logo) { pages_.back().items.emplace_back(logo); }

    std::vector<Page>& pages() { return pages_; }

 private:
    double top_;
    double later_top_;
    double end_;
    double y_;
    std::vector<Page> pages_{1};
};

}  // namespace livery::pdf
