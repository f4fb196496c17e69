#include "pdf/render/fonts.h"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <stdexcept>

#include <fontconfig/fontconfig.h>

#include "pdf/render/fonts_conf.h"

namespace livery::pdf {

namespace {

struct Destroy {
    void operator()(FcConfig* config) const { ::FcConfigDestroy(config); }
    void operator()(FcPattern* pattern) const { ::FcPatternDestroy(pattern); }
};

constexpr const char* kFamily = "Noto Sans";

bool HasFamily(FcConfig* config) {
    const std::unique_ptr<FcPattern, Destroy> pattern(::FcPatternCreate());
    ::FcConfigSubstitute(config, pattern.get(), FcMatchPattern);
    ::FcDefaultSubstitute(pattern.get());
    FcResult result = FcResultNoMatch;
    const std::unique_ptr<FcPattern, Destroy> match(::FcFontMatch(config, pattern.get(), &result));
    FcChar8* family = nullptr;
    return match && ::FcPatternGetString(match.get(), FC_FAMILY, 0, &family) == FcResultMatch &&
           std::string_view(reinterpret_cast<const char*>(family)) == kFamily;
}

// Beside the program, as they were built.
std::string OwnFonts() {
    return (std::filesystem::read_symlink("/proc/self/exe").parent_path() / "fonts").string();
}

bool Has(std::string_view tag, std::string_view part) {
    return tag.find(part) != std::string_view::npos;
}

}  // namespace

void LoadFonts() {
    const std::unique_ptr<FcConfig, Destroy> config(::FcConfigCreate());
    const auto* text = reinterpret_cast<const FcChar8*>(kFontsConf);
    if (!::FcConfigParseAndLoadFromMemory(config.get(), text, FcTrue) ||
        !::FcConfigBuildFonts(config.get()) || !::FcConfigSetCurrent(config.get())) {
        throw std::runtime_error("the font configuration is not read");
    }
    // Where they are not there the large faces set the same shapes, and take longer.
    const std::string own = OwnFonts();
    ::FcConfigAppFontAddDir(config.get(), reinterpret_cast<const FcChar8*>(own.c_str()));
    if (!HasFamily(config.get()))
        throw std::runtime_error("Noto Sans is not installed (fonts-noto-core)");
}

std::string FontLanguage(std::string_view tag) {
    std::string lower(tag);
    std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    if (lower != "zh" && !lower.starts_with("zh-")) return lower;
    if (Has(lower, "-hk") || Has(lower, "-mo")) return Has(lower, "-hans") ? "zh-cn" : "zh-hk";
    if (Has(lower, "-hant")) return "zh-tw";
    return Has(lower, "-tw") && !Has(lower, "-hans") ? "zh-tw" : "zh-cn";
}

}  // namespace livery::pdf
