#include <fmt/format.h>

#include <livery/http/file_response.h>

namespace livery {

namespace {

// What RFC 8187 lets stand in an extended value, but for the marks that an old reader may take for
// its own.
bool IsPlain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_';
}

}  // namespace

std::string SavedAs(std::string_view name) {
    std::string ascii;
    std::string exact;
    for (const char c : name) {
        // Of a character of several bytes only the first counts.
        const bool follows = (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
        if (!follows) ascii += IsPlain(c) ? c : '_';
        exact +=
            IsPlain(c) ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return fmt::format("attachment; filename=\"{}\"; filename*=UTF-8''{}", ascii, exact);
}

Response FileToSave(std::string bytes, std::string type, std::string_view name) {
    Response response;
    response.content_type = std::move(type);
    response.body = std::move(bytes);
    response.headers.Set("Content-Disposition", SavedAs(name));
    response.headers.Set("X-Content-Type-Options", "nosniff");
    response.headers.Set("Content-Security-Policy", "default-src 'none'; sandbox");
    response.headers.Set("Cache-Control", "private, no-store");
    return response;
}

}  // namespace livery
