#pragma once

#include <string>
#include <string_view>

#include <livery/http/request.h>
#include <livery/http/response.h>

namespace livery::http {

struct Wire {
    Method method =
        Method::kGet;  // of the request: HEAD gets the headers of the body, not the body
    bool keep_alive = true;
    std::string_view request_id;  // sent as X-Request-Id when not empty
};

// The bytes of an HTTP/1.1 response. Content-Length and Connection are made here; the response's
// own Content-Length, Connection, Transfer-Encoding and X-Request-Id are left out. A 1xx, 204 or
// 304 has no body. Throws BrokenInvariant on a status outside 200..599 or a content type that is
// no header value. Pure.
std::string ResponseBytes(const Response& response, const Wire& wire);

}  // namespace livery::http
