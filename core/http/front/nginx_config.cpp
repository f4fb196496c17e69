#include "http/front/nginx_config.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include <livery/check.h>

namespace livery::http {

namespace {

std::string Quoted(const std::string& text) {
    const bool safe = std::none_of(text.begin(), text.end(), [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\' || c == '$';
    });
    LIVERY_CHECK(safe, "a value of the front's configuration can be quoted");
    return '"' + text + '"';
}

std::string Endpoint(const std::string& address, int port) {
    const bool safe = std::all_of(address.begin(), address.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || c == '.' || c == ':' ||
               c == '[' || c == ']';
    });
    LIVERY_CHECK(safe && !address.empty() && port > 0 && port < 65536, "an address to listen on");
    return fmt::format("{}:{}", address, port);
}

struct ErrorPage {
    int status;
    const char* raised_by;  // the codes of nginx that end here; 494 to 497 are its own
    const char* text;
    // For programs, under /api/ (RFC 9457).
    const char* code;
    const char* title;
};

// What a person sees when the platform itself did not answer: tiny, and names nobody.
constexpr std::array kErrorPages{
    ErrorPage{400, "400", "The request could not be understood.", "malformed", "Bad Request"},
    ErrorPage{400, "495 496 497 =400", "", "", ""},
    ErrorPage{403, "403", "This is not available.", "forbidden", "Forbidden"},
    ErrorPage{404, "404", "This page does not exist.", "not_found", "Not Found"},
    ErrorPage{405, "405", "This is not possible here.", "method_not_allowed", "Method Not Allowed"},
    ErrorPage{408, "408", "The request took too long.", "too_slow", "Request Timeout"},
    ErrorPage{413, "413", "The upload is too large.", "too_large", "Content Too Large"},
    ErrorPage{414, "414", "The address is too long.", "address_too_long", "URI Too Long"},
    ErrorPage{416, "416", "This part of the file does not exist.", "no_such_range",
              "Range Not Satisfiable"},
    ErrorPage{429, "429", "Too many requests at once. Please try again in a moment.",
              "too_many_requests", "Too Many Requests"},
    ErrorPage{431, "494 =431", "The request headers are too large.", "headers_too_large",
              "Request Header Fields Too Large"},
    ErrorPage{500, "500 501 505 =500", "Something went wrong.", "failed", "Internal Server Error"},
    ErrorPage{502, "502", "The service is not available right now. Please try again in a moment.",
              "unavailable", "Bad Gateway"},
    ErrorPage{503, "503", "The service is not available right now. Please try again in a moment.",
              "unavailable", "Service Unavailable"},
    ErrorPage{504, "504", "The answer took too long. Please try again in a moment.", "unavailable",
              "Gateway Timeout"},
    ErrorPage{
        507, "507",
        "There is no room for files right now; nothing of it was kept. Go back: what you wrote "
        "is still there. Send it without files, or later.",
        "no_room", "Insufficient Storage"},
};

constexpr const char* kTypes = R"(    default_type application/octet-stream;
    types {
        text/css css;
        text/javascript js mjs;
        text/html html;
        text/plain txt;
        application/json json map;
        application/manifest+json webmanifest;
        application/pdf pdf;
        image/svg+xml svg;
        image/png png;
        image/jpeg jpg jpeg;
        image/webp webp;
        image/avif avif;
        image/gif gif;
        image/x-icon ico;
        font/woff2 woff2;
    }
)";

// The path without its query: a query may carry a one-time token.
constexpr const char* kLogFormat =
    R"(    log_format access escape=json '{"time":"$time_iso8601","request_id":"$request_id",'
        '"client":"$remote_addr","host":"$host","method":"$request_method","path":"$written_path",'
        '"protocol":"$server_protocol","status":$status,"bytes":$body_bytes_sent,'
        '"seconds":$request_time,"app_seconds":"$upstream_response_time",'
        '"agent":"$written_agent"}';
    # What has as many digits as a card's number is not written down.
    map $uri $written_path { "~([0-9][ -]?){13}" "-"; default $uri; }
    map $http_user_agent $written_agent { "~([0-9][ -]?){13}" "-"; default $http_user_agent; }
)";

std::string Preamble(const FrontConfig& config) {
    std::string text = "# Written by the server at every start: changes are lost.\n";
    if (!config.headers_module.empty())
        text += fmt::format("load_module {};\n", Quoted(config.headers_module));
    if (!config.worker_user.empty()) text += fmt::format("user {};\n", config.worker_user);
    text += fmt::format("daemon off;\nworker_processes auto;\npid {};\nerror_log {} warn;\n",
                        Quoted(config.folder + "/nginx.pid"), Quoted(config.folder + "/error.log"));
    return text + "worker_rlimit_nofile 16384;\nevents {\n    worker_connections 4096;\n}\n";
}

std::string TemporaryPaths(const FrontConfig& config) {
    std::string text;
    for (const char* kind : {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"}) {
        text += fmt::format("    {}_temp_path {};\n", kind,
                            Quoted(fmt::format("{}/temp/{}", config.folder, kind)));
    }
    return text;
}

std::string Limits(const FrontConfig& config) {
    return fmt::format(R"(    client_max_body_size {};
    client_body_buffer_size 64k;
    client_header_buffer_size 4k;
    large_client_header_buffers 4 8k;
    client_header_timeout {}s;
    client_body_timeout {}s;
    send_timeout 30s;
    keepalive_timeout 65s;
    reset_timedout_connection on;
    server_tokens off;
    server_name_in_redirect off;
    sendfile on;
    tcp_nopush on;
    limit_conn_zone $binary_remote_addr zone=address:4m;
    limit_conn address {};
    limit_conn_status 429;
    limit_conn_zone $binary_remote_addr zone=uploads:4m;
    gzip_types text/css text/javascript application/json application/manifest+json image/svg+xml;
    gzip_vary on;
    gzip_min_length 1024;
{})",
                       config.max_body, config.client_timeout.count(),
                       config.client_timeout.count(), config.connections_per_address,
                       config.headers_module.empty() ? "" : "    more_clear_headers Server;\n");
}

// The connections kept to the app are given up before the app gives them up (75 s).
std::string App(const FrontConfig& config) {
    return fmt::format(R"(    upstream app {{
        server {} max_fails=0;
        keepalive 64;
        keepalive_timeout 60s;
    }}
)",
                       Endpoint(config.app_address, config.app_port));
}

std::string PlainPage(const ErrorPage& page) {
    return fmt::format(
        "        location = /.front/{0} {{\n            internal;\n"
        "            client_max_body_size 0;\n"
        "            if ($request_uri ~ ^/api/) {{\n"
        "                rewrite ^ /.front/api/{0} last;\n            }}\n"
        "            default_type text/plain;\n            return {0} \"{1}\\n\";\n"
        "        }}\n",
        page.status, page.text);
}

std::string ProblemPage(const ErrorPage& page) {
    return fmt::format(
        "        location = /.front/api/{0} {{\n            internal;\n"
        "            client_max_body_size 0;\n"
        "            default_type application/problem+json;\n"
        "            add_header Cache-Control no-store always;\n"
        "            return {0} '{{\"type\":\"about:blank\",\"title\":\"{1}\",\"status\":{0},"
        "\"code\":\"{2}\",\"detail\":\"{3}\",\"request_id\":\"$request_id\"}}\\n';\n"
        "        }}\n",
        page.status, page.title, page.code, page.text);
}

// A size is compared anew wherever nginx goes on to: what was let in must find its error page.
// Paths, not named locations: nginx cannot go to a named one when the request line was unreadable.
std::string ErrorPages() {
    std::string text;
    int last = 0;
    for (const ErrorPage& page : kErrorPages) {
        text += fmt::format("        error_page {} /.front/{};\n", page.raised_by, page.status);
        if (std::exchange(last, page.status) == page.status) continue;
        text += PlainPage(page) + ProblemPage(page);
    }
    return text;
}

// A body of that size waits on the disk. Where it cannot, nginx says 500: it says so of nothing
// else here, since what the app answers is passed on as it is. A location with an error_page of its
// own has none of its server's.
std::string RaisedByUploads() {
    std::string text;
    for (const ErrorPage& page : kErrorPages) {
        if (page.status == 500)
            text += "            error_page 500 =507 /.front/507;\n";
        else
            text +=
                fmt::format("            error_page {} /.front/{};\n", page.raised_by, page.status);
    }
    return text;
}

std::string StaticFiles(const FrontConfig& config, const std::string& hsts) {
    if (config.static_root.empty()) return "";
    return fmt::format(R"(        location /static/ {{
            alias {};
            gzip on;
            add_header Cache-Control "public, max-age=31536000, immutable";
            add_header X-Content-Type-Options nosniff always;
{}        }}
)",
                       Quoted(config.static_root + "/"), hsts);
}

// Every header by which the app learns of the client is overwritten here, never passed on.
// Whether there is TLS is known here, so what browsers are told of it is said here, and once.
std::string Proxied(const FrontConfig& config, const std::string& where, const std::string& own,
                    const std::string& hsts) {
    return fmt::format(R"(        location {} {{
{}            proxy_pass http://app;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_set_header Host $http_host;
            proxy_set_header X-Forwarded-For $remote_addr;
            proxy_set_header X-Forwarded-Proto $scheme;
            proxy_set_header X-Request-Id $request_id;
            proxy_set_header X-Livery-Front {};
            proxy_request_buffering on;
            proxy_buffering on;
            proxy_buffer_size 16k;
            proxy_buffers 16 16k;
            proxy_next_upstream off;
            proxy_connect_timeout 5s;
            proxy_read_timeout {}s;
            gzip {};
            proxy_hide_header Strict-Transport-Security;
{}        }}
)",
                       where, own, Quoted(config.token), config.page_timeout.count(),
                       config.gzip_pages ? "on" : "off", hsts);
}

// As our own router reads it: a segment that begins with ':' is any one, a last '/' counts for
// nothing.
std::string LocationOf(const std::string& pattern) {
    std::string text = "~ \"^";
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        const char c = pattern[at];
        const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
        if (c == ':' && at > 0 && pattern[at - 1] == '/') {
            text += "[^/]+";
            at = std::min(pattern.find('/', at), pattern.size()) - 1;
        } else {
            LIVERY_CHECK(letter || c == '/' || c == '_', "a pattern of an upload is plain");
            text += c;
        }
    }
    return text + "/?$\"";
}

std::string Pages(const FrontConfig& config, const std::string& hsts) {
    const Uploads& uploads = config.uploads;
    const std::string own = fmt::format(
        "            client_max_body_size {};\n            client_body_buffer_size 512k;\n"
        "            limit_conn address {};\n            limit_conn uploads {};\n{}",
        uploads.max_body, config.connections_per_address, uploads.at_once_per_address,
        RaisedByUploads());
    std::string text;
    for (const std::string& pattern : uploads.patterns)
        text += Proxied(config, LocationOf(pattern), own, hsts);
    return text + Proxied(config, "/", "", hsts);
}

std::string PlainServer(const FrontConfig& config) {
    const std::string begin =
        fmt::format("    server {{\n        listen {};\n        server_name _;\n",
                    Endpoint(config.address, config.port));
    if (!config.tls)
        return begin + ErrorPages() + StaticFiles(config, "") + Pages(config, "") + "    }\n";
    const std::string port = config.tls->port == 443 ? "" : fmt::format(":{}", config.tls->port);
    return begin + ErrorPages() +
           fmt::format(
               "        location / {{\n            return 308 https://$host{}$request_uri;\n"
               "        }}\n    }}\n",
               port);
}

std::string TlsServer(const FrontConfig& config) {
    if (!config.tls) return "";
    const std::string hsts =
        "            add_header Strict-Transport-Security \"max-age=31536000\" always;\n";
    return fmt::format(R"(    server {{
        listen {} ssl http2;
        server_name _;
        ssl_certificate {};
        ssl_certificate_key {};
        ssl_protocols TLSv1.2 TLSv1.3;
        ssl_ciphers ECDHE+AESGCM:ECDHE+CHACHA20;
        ssl_prefer_server_ciphers off;
        ssl_session_cache shared:tls:4m;
        ssl_session_timeout 1d;
        ssl_session_tickets off;
)",
                       Endpoint(config.tls->address, config.tls->port),
                       Quoted(config.tls->certificate), Quoted(config.tls->key)) +
           ErrorPages() + StaticFiles(config, hsts) + Pages(config, hsts) + "    }\n";
}

}  // namespace

std::string NginxConfig(const FrontConfig& config) {
    return Preamble(config) + "http {\n" + TemporaryPaths(config) + kTypes + kLogFormat +
           fmt::format("    access_log {} access;\n", Quoted(config.folder + "/access.log")) +
           Limits(config) + App(config) + PlainServer(config) + TlsServer(config) + "}\n";
}

}  // namespace livery::http
