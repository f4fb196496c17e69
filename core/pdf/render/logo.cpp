#include "pdf/render/logo.h"

#include <librsvg/rsvg.h>

#include "pdf/render/gobject.h"

namespace livery::pdf {

namespace {

Error Broken() { return InvalidField("brand.logo_svg", "svg"); }

bool IsSane(double length) { return length > 0 && length < 1e6; }

}  // namespace

Result<Logo> Logo::Read(const std::string& svg) {
    Logo logo;
    const auto* bytes = reinterpret_cast<const guint8*>(svg.data());
    RsvgHandle* handle = rsvg_handle_new_from_data(bytes, svg.size(), nullptr);
    if (handle == nullptr) return Broken();
    logo.handle_ = std::shared_ptr<RsvgHandle>(handle, Unref());
    rsvg_handle_set_dpi(handle, 96);
    if (!rsvg_handle_get_intrinsic_size_in_pixels(handle, &logo.width_, &logo.height_)) {
        gboolean has_view_box = FALSE;
        RsvgRectangle view_box{};
        rsvg_handle_get_intrinsic_dimensions(handle, nullptr, nullptr, nullptr, nullptr,
                                             &has_view_box, &view_box);
        if (!has_view_box) return Broken();
        logo.width_ = view_box.width;
        logo.height_ = view_box.height;
    }
    if (!IsSane(logo.width_) || !IsSane(logo.height_)) return Broken();
    return logo;
}

bool Logo::Draw(cairo_t* target, const cairo_rectangle_t& place) const {
    const RsvgRectangle viewport{place.x, place.y, place.width, place.height};
    return rsvg_handle_render_document(handle_.get(), target, &viewport, nullptr);
}

}  // namespace livery::pdf
