#include <array>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>

#include <hb-subset.h>
#include <iconv.h>

// Makes a small face of a large one, when Livery is built:
//   livery_han_face FACE.ttc INDEX TO.otf
// The characters of GB 2312, which are nearly all that Chinese is written with, as the large face
// draws them. Who sets a page copies the whole table of outlines of each face, 16 MB or 3.
namespace {

struct Free {
    void operator()(hb_blob_t* blob) const { hb_blob_destroy(blob); }
    void operator()(hb_face_t* face) const { hb_face_destroy(face); }
    void operator()(hb_subset_input_t* input) const { hb_subset_input_destroy(input); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

// Rows 1 to 87 of 94 cells, as EUC-CN has them. A cell that is empty converts to nothing.
void AddCharacters(hb_set_t* characters) {
    const iconv_t converter = ::iconv_open("UTF-32LE", "GB2312");
    if (converter == reinterpret_cast<iconv_t>(-1))
        throw std::runtime_error("iconv does not know GB2312");
    for (int row = 0xA1; row <= 0xF7; ++row) {
        for (int cell = 0xA1; cell <= 0xFE; ++cell) {
            std::array<char, 2> from{static_cast<char>(row), static_cast<char>(cell)};
            hb_codepoint_t character = 0;
            char* in = from.data();
            char* out = reinterpret_cast<char*>(&character);
            std::size_t in_left = from.size();
            std::size_t out_left = sizeof(character);
            if (::iconv(converter, &in, &in_left, &out, &out_left) == 0)
                hb_set_add(characters, character);
        }
    }
    ::iconv_close(converter);
}

// What sets a line from left to right; the rest (vertical, other countries' shapes) only adds
// glyphs that nobody asks for.
void KeepFeatures(hb_set_t* features) {
    hb_set_clear(features);
    for (const char* tag : {"ccmp", "calt", "liga", "kern", "mark", "mkmk"})
        hb_set_add(features, hb_tag_from_string(tag, -1));
}

// Where Chinese characters stand beside Latin ones; names no glyph, so it is right as it is.
void KeepBaselines(hb_subset_input_t* input) {
    constexpr hb_tag_t kBase = HB_TAG('B', 'A', 'S', 'E');
    hb_set_del(hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG), kBase);
    hb_set_add(hb_subset_input_set(input, HB_SUBSET_SETS_NO_SUBSET_TABLE_TAG), kBase);
}

void Make(const char* from, unsigned index, const char* to) {
    const Owned<hb_blob_t> file(hb_blob_create_from_file_or_fail(from));
    if (!file) throw std::runtime_error(std::string(from) + " is not there (fonts-noto-cjk)");
    const Owned<hb_face_t> large(hb_face_create(file.get(), index));
    const Owned<hb_subset_input_t> input(hb_subset_input_create_or_fail());
    AddCharacters(hb_subset_input_unicode_set(input.get()));
    KeepFeatures(hb_subset_input_set(input.get(), HB_SUBSET_SETS_LAYOUT_FEATURE_TAG));
    KeepBaselines(input.get());
    const Owned<hb_face_t> small(hb_subset_or_fail(large.get(), input.get()));
    if (!small) throw std::runtime_error(std::string(from) + " is not made smaller");
    const Owned<hb_blob_t> made(hb_face_reference_blob(small.get()));
    unsigned size = 0;
    const char* bytes = hb_blob_get_data(made.get(), &size);
    if (!std::ofstream(to, std::ios::binary).write(bytes, size))
        throw std::runtime_error(std::string(to) + " is not written");
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) return 64;
    try {
        Make(argv[1], static_cast<unsigned>(std::strtoul(argv[2], nullptr, 10)), argv[3]);
        return 0;
    } catch (const std::exception& failure) {
        std::cerr << failure.what() << '\n';
        return 1;
    }
}
