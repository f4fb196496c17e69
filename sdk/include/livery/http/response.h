#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <livery/http/headers.h>

namespace livery {

// A finished answer. Content-Length, Date, HEAD handling and the security headers are the server's
// business.
struct Response {
    int status = 200;
    std::string content_type = "text/html; charset=utf-8";
    Headers headers;
    std::string body;
    // When set it is sent instead of `body`: bytes that several requests share (a reused page).
    std::shared_ptr<const std::string> shared_body;

    const std::string& Bytes() const { return shared_body ? *shared_body : body; }
};

// A path of this host ("/…"), and not what a browser takes for another host ("//…", "/\\…"). Says
// nothing about the characters that follow.
bool IsLocalPath(std::string_view path);

Response PlainText(int status, std::string text);
// 303 See Other; `location` must be a local path, else BrokenInvariant.
Response SeeOther(std::string_view location);

}  // namespace livery
