#include "pdf/render/typesetter.h"

#include <fribidi.h>
#include <pango/pangocairo.h>

#include "pdf/render/fonts.h"

namespace livery::pdf {

namespace {

int Units(double points) { return pango_units_from_double(points); }
double Points(int units) { return pango_units_to_double(units); }

struct FreeFont {
    void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
};

struct FreeOptions {
    void operator()(cairo_font_options_t* options) const { cairo_font_options_destroy(options); }
};

// Glyphs stand where the outlines say; no screen has a say in it.
Object<PangoContext> MakeContext(const std::string& language, PangoDirection direction) {
    Object<PangoContext> context(pango_font_map_create_context(pango_cairo_font_map_get_default()));
    const std::unique_ptr<cairo_font_options_t, FreeOptions> options(cairo_font_options_create());
    cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_antialias(options.get(), CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(context.get(), options.get());
    pango_context_set_round_glyph_positions(context.get(), FALSE);
    pango_context_set_language(context.get(), pango_language_from_string(language.c_str()));
    pango_context_set_base_dir(context.get(), direction);
    return context;
}

// Figures of one width, so that columns of amounts line up.
void SetFigures(PangoLayout* layout) {
    PangoAttrList* attributes = pango_attr_list_new();
    pango_attr_list_insert(attributes, pango_attr_font_features_new("tnum=1"));
    pango_layout_set_attributes(layout, attributes);
    pango_attr_list_unref(attributes);
}

SetText Measure(Object<PangoLayout> layout, const style::Type& type, double box) {
    SetText set;
    PangoRectangle logical;
    pango_layout_get_extents(layout.get(), nullptr, &logical);
    set.width = Points(logical.width);
    // Capitals stand in the middle of their line, whatever fonts the line is mixed from.
    constexpr double kCapitals = 0.714;
    set.ascent = (type.leading + kCapitals * type.size) / 2;
    set.lines = pango_layout_get_line_count(layout.get());
    set.colour = type.colour;
    set.leading = type.leading;
    set.box = box;
    set.layout = std::shared_ptr<PangoLayout>(layout.release(), Unref());
    return set;
}

}  // namespace

Typesetter::Typesetter(std::string_view language, Document::Direction direction)
    : direction_(direction),
      left_to_right_(MakeContext(FontLanguage(language), PANGO_DIRECTION_LTR)),
      right_to_left_(MakeContext(FontLanguage(language), PANGO_DIRECTION_RTL)) {}

// The rule of document.h.
PangoDirection Typesetter::DirectionOf(std::string_view text) const {
    bool rightward = false;
    bool leftward = false;
    const char* end = text.data() + text.size();
    for (const char* at = text.data(); at < end; at = g_utf8_next_char(at)) {
        const FriBidiCharType type = fribidi_get_bidi_type(g_utf8_get_char(at));
        rightward = rightward || type == FRIBIDI_TYPE_LTR;
        leftward = leftward || (FRIBIDI_IS_STRONG(type) && FRIBIDI_IS_RTL(type));
    }
    if (direction_ == Document::Direction::kRightToLeft)
        return leftward ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR;
    return leftward && !rightward ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR;
}

Object<PangoLayout> Typesetter::Layout(std::string_view text, const style::Type& type) const {
    const bool leftward = DirectionOf(text) == PANGO_DIRECTION_RTL;
    Object<PangoLayout> layout(
        pango_layout_new(leftward ? right_to_left_.get() : left_to_right_.get()));
    const std::unique_ptr<PangoFontDescription, FreeFont> font(pango_font_description_new());
    pango_font_description_set_family_static(font.get(), "Noto Sans");
    pango_font_description_set_absolute_size(font.get(), Units(type.size));
    pango_font_description_set_weight(
        font.get(), type.weight == style::Weight::kBold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(layout.get(), font.get());
    pango_layout_set_auto_dir(layout.get(), FALSE);
    SetFigures(layout.get());
    pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
    return layout;
}

SetText Typesetter::Set(std::string_view text, const style::Type& type, double box,
                        Align align) const {
    Object<PangoLayout> layout = Layout(text, type);
    const bool at_left =
        (align == Align::kStart) == (direction_ == Document::Direction::kLeftToRight);
    pango_layout_set_width(layout.get(), Units(box));
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(layout.get(), at_left ? PANGO_ALIGN_LEFT : PANGO_ALIGN_RIGHT);
    return Measure(std::move(layout), type, box);
}

SetText Typesetter::SetLine(std::string_view text, const style::Type& type) const {
    SetText set = Measure(Layout(text, type), type, 0);
    set.box = set.width;
    return set;
}

}  // namespace livery::pdf
