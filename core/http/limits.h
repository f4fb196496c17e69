#pragma once

#include <cstddef>
#include <functional>
#include <string_view>

namespace livery::http {

// What one request may hold; beyond it the request is refused. Sizes in bytes.
struct Limits {
    std::size_t request_line = 8 * 1024;  // 414
    std::size_t head = 32 * 1024;         // 431; request line and headers together
    std::size_t headers = 100;            // 431; fields
    std::size_t body = 1024 * 1024;       // 413; where no route asks for more
    std::size_t fields = 1000;            // 400; of a query or a form, each
    std::size_t field_name = 256;         // 400
    std::size_t files = 20;               // 400
    std::size_t part_head = 4 * 1024;     // 400; headers of one part of a multipart body
};

// How large the body of a request may be, by its method and target as they came. Called as soon as
// its head is read; the target may be anything. nullptr: Limits::body for all.
using BodyLimit = std::function<std::size_t(std::string_view method, std::string_view target)>;

}  // namespace livery::http
