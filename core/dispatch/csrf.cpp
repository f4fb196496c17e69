#include "dispatch/csrf.h"

#include <array>

#include <fmt/format.h>
#include <sodium.h>

namespace livery::dispatch {

std::string FormToken(std::string_view host_key, std::string_view tenant,
                      std::string_view form_cookie) {
    std::array<unsigned char, 32> hash{};
    const std::string text = fmt::format("{}\n{}", tenant, form_cookie);
    crypto_generichash(hash.data(), hash.size(),
                       reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                       reinterpret_cast<const unsigned char*>(host_key.data()), host_key.size());
    std::string token(
        sodium_base64_ENCODED_LEN(hash.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING), '\0');
    sodium_bin2base64(token.data(), token.size(), hash.data(), hash.size(),
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    token.pop_back();  // the terminator
    return token;
}

bool ComesFromThisHost(const Request& request) {
    const auto host = request.headers.Find("Host");
    if (!host) return false;
    const std::string here = fmt::format("{}://{}", request.secure ? "https" : "http", *host);
    if (const auto origin = request.headers.Find("Origin")) return *origin == here;
    const auto referer = request.headers.Find("Referer");
    return referer && referer->starts_with(here) &&
           (referer->size() == here.size() || (*referer)[here.size()] == '/');
}

bool SameToken(std::string_view expected, std::string_view given) {
    return !expected.empty() && expected.size() == given.size() &&
           sodium_memcmp(expected.data(), given.data(), expected.size()) == 0;
}

}  // namespace livery::dispatch
