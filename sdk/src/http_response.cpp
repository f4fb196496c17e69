#include <algorithm>

#include <livery/check.h>
#include <livery/http/response.h>

namespace livery {

bool IsLocalPath(std::string_view path) {
    // A browser drops tabs and line ends, and reads `\` as `/`: none may stand anywhere in it.
    const bool plain = std::all_of(path.begin(), path.end(), [](unsigned char c) {
        return c > 0x20 && c < 0x7F && c != '\\';
    });
    return plain && !path.empty() && path[0] == '/' && (path.size() == 1 || path[1] != '/');
}

Response PlainText(int status, std::string text) {
    Response response;
    response.status = status;
    response.content_type = "text/plain; charset=utf-8";
    response.body = std::move(text);
    return response;
}

Response SeeOther(std::string_view location) {
    LIVERY_CHECK(IsLocalPath(location), "a redirect stays on this host");
    Response response;
    response.status = 303;
    response.headers.Set("Location", std::string(location));
    return response;
}

}  // namespace livery
