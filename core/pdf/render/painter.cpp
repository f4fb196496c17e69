#include "pdf/render/painter.h"

#include <stdexcept>

#include <cairo-pdf.h>
#include <fmt/format.h>
#include <pango/pangocairo.h>

namespace livery::pdf {

namespace {

struct Free {
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
    void operator()(cairo_t* cairo) const { cairo_destroy(cairo); }
    void operator()(PangoLayoutIter* iterator) const { pango_layout_iter_free(iterator); }
};

cairo_status_t Append(void* sink, const unsigned char* bytes, unsigned int size) {
    static_cast<std::string*>(sink)->append(reinterpret_cast<const char*>(bytes), size);
    return CAIRO_STATUS_SUCCESS;
}

void Check(cairo_status_t status) {
    if (status != CAIRO_STATUS_SUCCESS)
        throw std::runtime_error(fmt::format("cairo: {}", cairo_status_to_string(status)));
}

class Painter {
 public:
    Painter(cairo_t* cairo, Document::Direction direction, const std::optional<Logo>& logo)
        : cairo_(cairo), direction_(direction), logo_(logo) {}

    void operator()(const PlacedText& placed) const {
        Ink(placed.text.colour);
        const std::unique_ptr<PangoLayoutIter, Free> at(
            pango_layout_get_iter(placed.text.layout.get()));
        const double left = Left(placed.x, placed.text.box);
        int line = 0;
        do {
            if (line >= placed.first_line && line < placed.end_line) {
                PangoRectangle logical;
                pango_layout_iter_get_line_extents(at.get(), nullptr, &logical);
                const double y = placed.y + placed.text.ascent +
                                 placed.text.leading * (line - placed.first_line);
                cairo_move_to(cairo_, left + pango_units_to_double(logical.x), y);
                pango_cairo_show_layout_line(cairo_, pango_layout_iter_get_line_readonly(at.get()));
            }
            ++line;
        } while (pango_layout_iter_next_line(at.get()));
    }

    void operator()(const PlacedBar& bar) const {
        Ink(bar.colour);
        cairo_rectangle(cairo_, Left(bar.x, bar.width), bar.y, bar.width, bar.height);
        cairo_fill(cairo_);
    }

    void operator()(const PlacedLogo& place) {
        const cairo_rectangle_t target{Left(place.x, place.width), place.y, place.width,
                                       place.height};
        cairo_save(cairo_);
        drawn_ = logo_->Draw(cairo_, target) && drawn_;
        cairo_restore(cairo_);
    }

    bool drawn() const { return drawn_; }

 private:
    double Left(double x, double width) const {
        return direction_ == Document::Direction::kLeftToRight ? x : style::kPageWidth - x - width;
    }
    void Ink(const Colour& colour) const {
        cairo_set_source_rgb(cairo_, colour.red, colour.green, colour.blue);
    }

    cairo_t* cairo_;
    Document::Direction direction_;
    const std::optional<Logo>& logo_;
    bool drawn_ = true;
};

}  // namespace

Result<std::string> Paint(const std::vector<Page>& pages, Document::Direction direction,
                          const std::optional<Logo>& logo) {
    std::string bytes;
    const std::unique_ptr<cairo_surface_t, Free> surface(
        cairo_pdf_surface_create_for_stream(Append, &bytes, style::kPageWidth, style::kPageHeight));
    const std::unique_ptr<cairo_t, Free> cairo(cairo_create(surface.get()));
    Painter painter(cairo.get(), direction, logo);
    for (const Page& page : pages) {
        for (const auto& item : page.items) std::visit(painter, item);
        cairo_show_page(cairo.get());
    }
    if (!painter.drawn()) return InvalidField("brand.logo_svg", "svg");
    // A drawing that fails leaves a short file behind; only the status tells.
    Check(cairo_status(cairo.get()));
    cairo_surface_finish(surface.get());
    Check(cairo_surface_status(surface.get()));
    return bytes;
}

}  // namespace livery::pdf
