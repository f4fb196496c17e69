#pragma once

#include <string>
#include <string_view>

#include <livery/http/params.h>

#include "http/limits.h"
#include "http/syntax.h"
#include "require.h"

namespace livery::fuzz {

inline bool HasControl(std::string_view text) {
    for (const char c : text) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) return true;
    }
    return false;
}

inline std::string PercentEncode(std::string_view text) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string encoded;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        encoded += '%';
        encoded += kHex[byte / 16];
        encoded += kHex[byte % 16];
    }
    return encoded;
}

inline bool SameParams(const Params& a, const Params& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end());
}

// What every handler may rely on in a query or a form.
inline void RequireDecoded(const Params& params, const http::Limits& limits) {
    Require(params.size() <= limits.fields, "no more fields than allowed");
    for (const auto& [name, value] : params) {
        Require(IsUtf8(name) && IsUtf8(value), "decoded text is UTF-8");
        Require(value.find('\0') == std::string::npos && name.find('\0') == std::string::npos,
                "decoded text holds no NUL");
        Require(name.size() <= limits.field_name, "no longer name than allowed");
    }
}

inline std::string EncodeForm(const Params& params) {
    std::string text;
    for (const auto& [name, value] : params) {
        text += (text.empty() ? "" : "&") + PercentEncode(name) + '=' + PercentEncode(value);
    }
    return text;
}

}  // namespace livery::fuzz
