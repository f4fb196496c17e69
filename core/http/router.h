#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <livery/http/params.h>
#include <livery/http/request.h>
#include <livery/result.h>

namespace livery::http {

// Finds the route of a path. A pattern is literal segments, `:name` (exactly one segment) and at
// the end perhaps `*name` (one or more segments):
//   /profile/:id/change     /files/*path
// A literal segment wins over a parameter, and that over a rest; the most specific pattern that
// fits the path decides alone, whatever its methods. HEAD is served by GET when it has no route.
// Built once, then only read. Thread: Match from any, after the last Add.
class Router {
 public:
    struct Match {
        std::size_t index = 0;  // as given to Add
        Params path_params;     // decoded, in the order of the pattern
    };
    struct NotFound {};
    // The path exists. `allowed` is in the order of the enum, with HEAD and OPTIONS, ready for an
    // Allow header; a caller answers OPTIONS with it.
    struct MethodNotAllowed {
        std::vector<Method> allowed;
    };
    using Outcome = std::variant<Match, NotFound, MethodNotAllowed>;

    Router();
    Router(Router&&) noexcept;
    Router& operator=(Router&&) noexcept;
    ~Router();

    // kInvalidArgument: a malformed pattern. kConflict: the same method and shape was added
    // before; the message names both patterns.
    Result<void> Add(Method method, std::string_view pattern, std::size_t index);
    Outcome Find(Method method, std::string_view path) const;

 private:
    struct Node;
    std::unique_ptr<Node> root_;
};

// "GET, HEAD, OPTIONS"
std::string AllowHeader(const std::vector<Method>& allowed);

}  // namespace livery::http
