#pragma once

#include <memory>
#include <string>

#include <cairo.h>

#include <livery/result.h>

struct _RsvgHandle;

namespace livery::pdf {

// An SVG, drawn as vectors. What it refers to outside itself is not fetched. Thread: one.
class Logo {
 public:
    // InvalidField("brand.logo_svg", "svg") when it is none or has no size.
    static Result<Logo> Read(const std::string& svg);

    double width() const { return width_; }  // in its own units
    double height() const { return height_; }
    // False when it cannot be drawn.
    bool Draw(cairo_t* target, const cairo_rectangle_t& place) const;

 private:
    std::shared_ptr<_RsvgHandle> handle_;
    double width_ = 0;
    double height_ = 0;
};

}  // namespace livery::pdf
