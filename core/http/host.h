#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace livery::http {

struct Host {
    std::string name;  // lower case, no trailing dot; an IPv6 literal keeps its brackets
    int port = 0;      // 0 when the header names none
};

// The value of a Host header: a DNS name (ASCII, at most 253 bytes, labels of letters, digits,
// '-' and '_'), an IPv4 address or a bracketed IPv6 address, with an optional port. nullopt for
// anything else. Pure.
std::optional<Host> ParseHost(std::string_view text);

}  // namespace livery::http
