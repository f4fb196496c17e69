#include "http/cookie.h"

#include "http/syntax.h"

namespace livery::http {

void DecodeCookies(std::string_view header, std::size_t limit, Params& cookies) {
    ForEachPiece(header, ';', [&](std::string_view piece) {
        piece = TrimBlanks(piece);
        const std::size_t equals = piece.find('=');
        if (equals == std::string_view::npos) return true;
        const std::string_view name = TrimBlanks(piece.substr(0, equals));
        const std::string_view value = TrimBlanks(piece.substr(equals + 1));
        if (!IsToken(name) || !IsFieldValue(value) || !IsUtf8(value)) return true;
        if (cookies.size() >= limit) return false;
        cookies.Add(std::string(name), std::string(value));
        return true;
    });
}

}  // namespace livery::http
