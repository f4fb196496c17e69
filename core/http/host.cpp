#include "http/host.h"

#include <algorithm>
#include <charconv>

#include <arpa/inet.h>

#include "http/syntax.h"

namespace livery::http {

namespace {

bool IsLabel(std::string_view label) {
    return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
           std::all_of(label.begin(), label.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
           });
}

bool IsName(std::string_view name) {
    return !name.empty() && name.size() <= 253 && ForEachPiece(name, '.', IsLabel);
}

bool IsIpv6Literal(const std::string& text) {
    if (text.size() < 4 || text.front() != '[' || text.back() != ']') return false;
    if (text.find('\0') != std::string::npos) return false;  // where inet_pton would stop reading
    in6_addr address{};
    return ::inet_pton(AF_INET6, text.substr(1, text.size() - 2).c_str(), &address) == 1;
}

std::optional<int> ParsePort(std::string_view digits) {
    if (digits.empty()) return 0;  // "host:" is allowed (RFC 3986 section 3.2.3)
    if (digits.size() > 5 || digits.find_first_not_of("0123456789") != std::string_view::npos) {
        return std::nullopt;
    }
    int port = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (port < 1 || port > 65535) return std::nullopt;
    return port;
}

}  // namespace

std::optional<Host> ParseHost(std::string_view text) {
    Host host;
    const std::size_t bracket = text.rfind(']');
    const std::size_t colon = text.find(':', bracket == std::string_view::npos ? 0 : bracket);
    if (colon != std::string_view::npos) {
        const auto port = ParsePort(text.substr(colon + 1));
        if (!port) return std::nullopt;
        host.port = *port;
    }
    host.name = LowerAscii(text.substr(0, colon));
    if (host.name.ends_with('.')) host.name.pop_back();
    if (!IsName(host.name) && !IsIpv6Literal(host.name)) return std::nullopt;
    return host;
}

}  // namespace livery::http
