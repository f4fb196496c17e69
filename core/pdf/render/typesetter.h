#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <pango/pango.h>

#include <livery/ports/document.h>

#include "pdf/render/gobject.h"
#include "pdf/render/style.h"

namespace livery::pdf {

// Text that was set into a box of a width. Shared, so that a running head is set once.
struct SetText {
    std::shared_ptr<PangoLayout> layout;
    Colour colour;
    double leading = 0;
    int lines = 0;
    double width = 0;   // of the widest line
    double box = 0;     // the width it was set into
    double ascent = 0;  // from the top of a line to its base line

    double height() const { return leading * lines; }
};

// Sets text in the document's language and direction. Thread: one.
class Typesetter {
 public:
    using Align = Document::Align;
    Typesetter(std::string_view language, Document::Direction direction);

    SetText Set(std::string_view text, const style::Type& type, double box,
                Align align = Align::kStart) const;
    // In one line, as wide as it is.
    SetText SetLine(std::string_view text, const style::Type& type) const;
    Document::Direction direction() const { return direction_; }

 private:
    PangoDirection DirectionOf(std::string_view text) const;
    Object<PangoLayout> Layout(std::string_view text, const style::Type& type) const;

    Document::Direction direction_;
    Object<PangoContext> left_to_right_;
    Object<PangoContext> right_to_left_;
};

}  // namespace livery::pdf
