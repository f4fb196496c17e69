#include "http/response_bytes.h"

#include <fmt/format.h>

#include <livery/check.h>

#include "http/syntax.h"

namespace livery::http {

namespace {

// For people who read traces; programs read the number (RFC 9112 section 4).
std::string_view ReasonPhrase(int status) {
    switch (status) {
        case 200:
            return "OK";
        case 201:
            return "Created";
        case 202:
            return "Accepted";
        case 204:
            return "No Content";
        case 301:
            return "Moved Permanently";
        case 302:
            return "Found";
        case 303:
            return "See Other";
        case 304:
            return "Not Modified";
        case 307:
            return "Temporary Redirect";
        case 308:
            return "Permanent Redirect";
        case 400:
            return "Bad Request";
        case 401:
            return "Unauthorized";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 408:
            return "Request Timeout";
        case 409:
            return "Conflict";
        case 411:
            return "Length Required";
        case 413:
            return "Content Too Large";
        case 414:
            return "URI Too Long";
        case 417:
            return "Expectation Failed";
        case 422:
            return "Unprocessable Content";
        case 429:
            return "Too Many Requests";
        case 431:
            return "Request Header Fields Too Large";
        case 500:
            return "Internal Server Error";
        case 503:
            return "Service Unavailable";
        case 505:
            return "HTTP Version Not Supported";
        default:
            return status < 400 ? "Done" : "Refused";
    }
}

bool IsOurs(std::string_view name) {
    return SameIgnoringCase(name, "Content-Length") || SameIgnoringCase(name, "Connection") ||
           SameIgnoringCase(name, "Transfer-Encoding") || SameIgnoringCase(name, "X-Request-Id");
}

}  // namespace

std::string ResponseBytes(const Response& response, const Wire& wire) {
    const int status = response.status;
    LIVERY_CHECK(status >= 200 && status <= 599, "a response has a final status");
    LIVERY_CHECK(IsFieldValue(response.content_type), "a content type is a header value");
    const bool has_body = status != 204 && status != 304;
    const std::string& body = response.Bytes();
    std::string bytes = fmt::format("HTTP/1.1 {} {}\r\n", status, ReasonPhrase(status));
    if (has_body) {
        if (!response.content_type.empty() && !body.empty()) {
            bytes += fmt::format("Content-Type: {}\r\n", response.content_type);
        }
        bytes += fmt::format("Content-Length: {}\r\n", body.size());
    }
    if (!wire.request_id.empty()) bytes += fmt::format("X-Request-Id: {}\r\n", wire.request_id);
    bytes += wire.keep_alive ? "Connection: keep-alive\r\n" : "Connection: close\r\n";
    for (const auto& [name, value] : response.headers) {
        if (!IsOurs(name)) bytes.append(name).append(": ").append(value).append("\r\n");
    }
    bytes += "\r\n";
    if (has_body && wire.method != Method::kHead) bytes += body;
    return bytes;
}

}  // namespace livery::http
