#include "writings.h"

namespace livery::stripe {

std::string PageLocale(const std::string& locale) {
    static const char* const kKnown[] = {"de", "en", "es", "fr", "it", "nl", "pl", "pt"};
    const std::string language = locale.substr(0, locale.find('-'));
    for (const char* known : kKnown) {
        if (language == known) return language;
    }
    return "auto";
}

std::string Descriptor(const std::string& text) {
    std::string kept;
    for (const char c : text) {
        const bool plain =
            c >= ' ' && c <= '~' && std::string("<>\\'\"*").find(c) == std::string::npos;
        if (plain && kept.size() < 22) kept += c;
    }
    return kept;
}

gw::Json Metadata(const std::string& reference, const std::map<std::string, std::string>& more) {
    gw::Json metadata = more;
    metadata["reference"] = reference;
    return metadata;
}

const char* CaptureMethod(gw::Capture capture) {
    return capture == gw::Capture::kManual ? "manual" : "automatic";
}

}  // namespace livery::stripe
