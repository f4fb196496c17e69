#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace livery::http {

// Where Debian's libnginx-mod-http-headers-more-filter puts the module.
inline constexpr const char* kHeadersModule =
    "/usr/lib/nginx/modules/ngx_http_headers_more_filter_module.so";

struct Tls {
    std::string address = "0.0.0.0";
    int port = 443;
    std::string certificate;  // PEM file: the certificate and its chain
    std::string key;          // PEM file
};

// Addresses that take files, and so bodies larger than others.
struct Uploads {
    std::vector<std::string> patterns;  // of routes: "/files/:id"
    std::size_t max_body = 0;
    // Each is kept whole until it can be passed on: that is what one address may have of the disk.
    int at_once_per_address = 10;
};

// What the front listens on and lets through.
struct FrontConfig {
    std::string folder;                 // ours alone: configuration, logs, temporary files
    std::string address = "127.0.0.1";  // an IPv6 address in brackets
    int port = 8080;                    // plain HTTP; with `tls` it only leads to https
    std::optional<Tls> tls;
    std::string app_address = "127.0.0.1";
    int app_port = 0;
    std::string token;        // the secret that X-Livery-Front carries to the server
    std::string static_root;  // served under /static/; file names carry a hash of the content
    std::size_t max_body = 1024 * 1024;
    Uploads uploads;
    std::chrono::seconds client_timeout{15};  // header, and between two reads of a body
    std::chrono::seconds page_timeout{60};    // longer than the slowest page
    int connections_per_address = 100;
    // Compressed pages that mix a secret with reflected input can leak the secret (BREACH): on only
    // when CSRF tokens are masked anew in every page. Static files are always compressed.
    bool gzip_pages = false;
    // nginx's module that can take the Server header away (headers-more); empty: not there, and the
    // answer names the front.
    std::string headers_module;
    std::string worker_user;  // when nginx is started by root; empty: not root
};

// The whole nginx.conf. Pure. Throws BrokenInvariant when a text holds a character that would end
// its place in the file (quote, backslash, '$', control character).
std::string NginxConfig(const FrontConfig& config);

}  // namespace livery::http
