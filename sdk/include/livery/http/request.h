#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <livery/http/headers.h>
#include <livery/http/params.h>

namespace livery {

enum class Method { kGet, kHead, kPost, kPut, kPatch, kDelete, kOptions };
std::string_view ToString(Method method);
// GET, HEAD, OPTIONS (RFC 9110 section 9.2.1): never change anything, so they need no CSRF token.
bool IsSafe(Method method);

// One file of a multipart form.
struct UploadedFile {
    std::string field;
    std::string name;  // the client's, base name only; never used as a path
    std::string content_type;
    std::string content;
};

// A request as every handler sees it: decoded once, checked, never changed afterwards.
// Strings that were decoded are valid UTF-8; `raw_target`, header values and `body` are the bytes
// that came.
struct Request {
    Method method = Method::kGet;
    std::string raw_target;  // as on the request line
    std::string path;        // percent-decoded, starts with '/', no empty, "." or ".." segment
    Params query;
    Headers headers;
    Params cookies;
    std::string body;  // empty where it was multipart: form and files are all there is of it
    Params form;       // fields of an urlencoded or multipart body; empty for any other body
    std::vector<UploadedFile> files;
    std::string host;            // lower case, without port
    int port = 0;                // of the Host header; 0 when it names none
    bool secure = false;         // the client came by TLS
    std::string client_address;  // the client's, not the front's
    std::string request_id;      // made by the front or the server; on every log line
};

}  // namespace livery
