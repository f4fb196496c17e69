#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <livery/utf8.h>

namespace livery::http {

// The small grammars that every decoder here shares (RFC 9110 section 5.6, RFC 3986 section 2.1).
// Pure; ASCII only, no locale.

char LowerAscii(char c);
std::string LowerAscii(std::string_view text);
bool SameIgnoringCase(std::string_view a, std::string_view b);
bool IsToken(std::string_view text);
// No control character but HTAB; bytes from 0x80 on are allowed (obs-text).
bool IsFieldValue(std::string_view text);
std::string_view TrimBlanks(std::string_view text);  // SP and HTAB at both ends

enum class PlusSign { kIsPlus, kIsSpace };
// nullopt when a '%' is not followed by two hexadecimal digits.
std::optional<std::string> PercentDecode(std::string_view text, PlusSign plus);

// Calls visit(piece) for each piece between separators, until it returns false.
template <class Visit>
bool ForEachPiece(std::string_view text, char separator, Visit visit) {
    for (;;) {
        const std::size_t end = text.find(separator);
        if (!visit(text.substr(0, end))) return false;
        if (end == std::string_view::npos) return true;
        text.remove_prefix(end + 1);
    }
}

}  // namespace livery::http
