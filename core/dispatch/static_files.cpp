#include "dispatch/static_files.h"

#include <fstream>
#include <sstream>

namespace livery::dispatch {

namespace {

std::string_view ContentTypeOf(std::string_view name) {
    if (name.ends_with(".css")) return "text/css; charset=utf-8";
    if (name.ends_with(".svg")) return "image/svg+xml";
    if (name.ends_with(".js")) return "text/javascript; charset=utf-8";
    if (name.ends_with(".woff2")) return "font/woff2";
    return "application/octet-stream";
}

}  // namespace

Response StaticFile(const std::string& root, std::string_view name) {
    const bool one_segment =
        !name.empty() && name[0] != '.' && name.find('/') == std::string_view::npos;
    std::ifstream in;
    if (one_segment) in.open(root + "/" + std::string(name), std::ios::binary);
    if (!one_segment || !in) return PlainText(404, "There is no such file.\n");
    std::ostringstream bytes;
    bytes << in.rdbuf();
    Response response;
    response.content_type = ContentTypeOf(name);
    response.headers.Set("Cache-Control", "public, max-age=31536000, immutable");
    response.body = bytes.str();
    return response;
}

}  // namespace livery::dispatch
