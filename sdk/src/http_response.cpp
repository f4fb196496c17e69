#include <livery/check.h>
#include <livery/http/response.h>

namespace livery {

Response PlainText(int status, std::string text) {
    Response response;
    response.status = status;
    response.content_type = "text/plain; charset=utf-8";
    response.body = std::move(text);
    return response;
}

Response SeeOther(std::string_view location) {
    const bool local = !location.empty() && location[0] == '/' &&
                       (location.size() == 1 || (location[1] != '/' && location[1] != '\\'));
    LIVERY_CHECK(local, "a redirect stays on this host");
    Response response;
    response.status = 303;
    response.headers.Set("Location", std::string(location));
    return response;
}

}  // namespace livery
