// Cookie headers, one a line.

#include <algorithm>

#include "http/cookie.h"
#include "http/syntax.h"
#include "params.h"
#include "require.h"

namespace livery::fuzz {
namespace {

Params Decode(std::string_view lines, std::size_t limit) {
    Params cookies;
    http::ForEachPiece(lines, '\n', [&](std::string_view line) {
        http::DecodeCookies(line, limit, cookies);
        return true;
    });
    return cookies;
}

std::string Encode(const Params& cookies) {
    std::string header;
    for (const auto& [name, value] : cookies) {
        header += (header.empty() ? "" : "; ") + name + '=' + value;
    }
    return header;
}

void Check(std::string_view lines) {
    const Params all = Decode(lines, 100'000);
    for (const auto& [name, value] : all) {
        Require(http::IsToken(name), "a cookie's name is a token");
        Require(http::IsFieldValue(value) && IsUtf8(value), "a cookie's value is clean text");
        Require(value.find(';') == std::string::npos && http::TrimBlanks(value) == value,
                "a cookie ends at its semicolon");
    }
    for (const std::size_t limit : {0U, 1U, 3U}) {
        const Params some = Decode(lines, limit);
        Require(some.size() == std::min(limit, all.size()), "as many cookies as allowed");
        Require(std::equal(some.begin(), some.end(), all.begin()), "the first cookies are kept");
    }
    Require(SameParams(Decode(Encode(all), 100'000), all), "cookies decode as encoded");
    std::string one_line(lines);
    std::replace(one_line.begin(), one_line.end(), '\n', ';');
    Require(SameParams(Decode(one_line, 100'000), all), "two headers read as one joined");
}

}  // namespace
}  // namespace livery::fuzz

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    livery::fuzz::Check(livery::fuzz::TextOf(data, size));
    return 0;
}
