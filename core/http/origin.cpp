#include "http/origin.h"

namespace livery::http {

std::string OriginOf(std::string_view url) {
    const auto scheme = url.find("://");
    if (scheme == 0 || scheme == std::string_view::npos) return "";
    const std::string_view origin = url.substr(0, url.find_first_of("/?#", scheme + 3));
    const bool plain = origin.find_first_not_of(
                           "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                           "0123456789:/.-") == std::string_view::npos;
    return plain && origin.size() > scheme + 3 ? std::string(origin) : "";
}

}  // namespace livery::http
