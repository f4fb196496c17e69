#include "gateways/allowed_urls.h"

#include <algorithm>

#include <fmt/format.h>

namespace livery::gateways {

namespace {

struct Parts {
    bool tls = false;
    std::string_view host;
    std::string_view port;  // "" when none is said
};

// Only what can be mistaken for nothing else: no user, no query, no escapes.
bool Parse(std::string_view url, Parts& parts) {
    constexpr std::string_view kPlain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/:";
    if (url.find_first_not_of(kPlain) != std::string_view::npos) return false;
    parts.tls = url.starts_with("https://");
    if (!parts.tls && !url.starts_with("http://")) return false;
    url.remove_prefix(parts.tls ? 8 : 7);
    const std::string_view authority = url.substr(0, url.find('/'));
    const std::size_t colon = authority.find(':');
    parts.host = authority.substr(0, colon);
    parts.port = colon == authority.npos ? "" : authority.substr(colon + 1);
    return !parts.host.empty() && (colon == authority.npos || !parts.port.empty()) &&
           parts.port.size() <= 5 &&
           parts.port.find_first_not_of("0123456789") == std::string_view::npos;
}

bool IsLoopback(std::string_view host) { return host == "127.0.0.1" || host == "localhost"; }

}  // namespace

AllowedUrls::AllowedUrls(const nlohmann::json& schema, bool loopback) : loopback_(loopback) {
    for (const auto& [key, property] : schema.at("properties").items()) {
        if (!property.contains("x-hosts") || !property["x-hosts"].is_array()) continue;
        for (const auto& host : property["x-hosts"])
            if (host.is_string()) hosts_.insert(host.get<std::string>());
    }
}

std::string AllowedUrls::Objection(std::string_view base_url) const {
    Parts parts;
    if (!Parse(base_url, parts))
        return fmt::format("`{}` is no plain https:// address of a host and a path", base_url);
    if (loopback_ && IsLoopback(parts.host)) return "";
    if (!parts.tls) return fmt::format("`{}` is not https", base_url);
    const bool allowed = std::any_of(hosts_.begin(), hosts_.end(), [&](const std::string& host) {
        return host == parts.host ||
               (host.starts_with("*.") && parts.host.ends_with(std::string_view(host).substr(1)));
    });
    if (allowed && (parts.port.empty() || parts.port == "443")) return "";
    return fmt::format("`{}` leads to none of the hosts of this gateway: {}", base_url,
                       fmt::join(hosts_, ", "));
}

}  // namespace livery::gateways
