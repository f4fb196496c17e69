#include "http/router.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "http/syntax.h"

namespace livery::http {

namespace {

struct Route {
    std::string pattern;
    std::vector<std::string> names;  // of its parameters, in order
    std::size_t index = 0;
};

bool IsParameterName(std::string_view name) {
    return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
}

std::vector<std::string_view> Segments(std::string_view path) {
    std::vector<std::string_view> segments;
    if (path.size() <= 1) return segments;
    ForEachPiece(path.substr(1), '/', [&](std::string_view segment) {
        segments.push_back(segment);
        return true;
    });
    return segments;
}

// The names of the parameters; an Error when the pattern is malformed.
Result<std::vector<std::string>> ParameterNames(std::string_view pattern) {
    const auto bad = [&](std::string_view why) {
        return Error{
            ErrorCode::kInvalidArgument, fmt::format("route pattern '{}': {}", pattern, why), {}};
    };
    if (!pattern.starts_with('/')) return bad("does not start with '/'");
    std::vector<std::string> names;
    const auto segments = Segments(pattern);
    for (std::size_t i = 0; i < segments.size(); ++i) {
        const std::string_view segment = segments[i];
        if (segment.empty()) return bad("has an empty segment");
        if (segment[0] != ':' && segment[0] != '*') continue;
        if (segment[0] == '*' && i + 1 != segments.size()) return bad("has '*' before its end");
        const std::string name(segment.substr(1));
        if (!IsParameterName(name)) return bad("has a bad parameter name");
        if (std::find(names.begin(), names.end(), name) != names.end()) {
            return bad("names a parameter twice");
        }
        names.push_back(name);
    }
    return names;
}

}  // namespace

struct Router::Node {
    std::map<std::string, Node, std::less<>> literals;
    std::unique_ptr<Node> parameter;
    std::unique_ptr<Node> rest;
    std::map<Method, Route> routes;

    Node& Child(std::string_view segment) {
        if (segment[0] != ':' && segment[0] != '*') return literals[std::string(segment)];
        std::unique_ptr<Node>& slot = segment[0] == ':' ? parameter : rest;
        if (!slot) slot = std::make_unique<Node>();
        return *slot;
    }

    using Values = std::vector<std::string>;
    // The most specific node with routes; `values` become those of its parameters.
    const Node* Find(const std::vector<std::string_view>& segments, std::size_t at,
                     Values& values) const {
        if (at == segments.size()) return routes.empty() ? nullptr : this;
        if (const auto child = literals.find(segments[at]); child != literals.end()) {
            if (const Node* found = child->second.Find(segments, at + 1, values)) return found;
        }
        const std::size_t before = values.size();
        if (parameter) {
            values.emplace_back(segments[at]);
            if (const Node* found = parameter->Find(segments, at + 1, values)) return found;
            values.resize(before);
        }
        if (!rest) return nullptr;
        const char* end = segments.back().data() + segments.back().size();
        values.emplace_back(segments[at].data(), end);
        return rest.get();
    }
};

Router::Router() : root_(std::make_unique<Node>()) {}
Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;
Router::~Router() = default;

Result<void> Router::Add(Method method, std::string_view pattern, std::size_t index) {
    auto names = LIVERY_TRY(ParameterNames(pattern));
    Node* node = root_.get();
    for (const std::string_view segment : Segments(pattern)) node = &node->Child(segment);
    const auto [old, added] =
        node->routes.try_emplace(method, Route{std::string(pattern), std::move(names), index});
    if (!added) {
        return Conflict(fmt::format("route {} '{}' clashes with '{}'", ToString(method), pattern,
                                    old->second.pattern));
    }
    return {};
}

Router::Outcome Router::Find(Method method, std::string_view path) const {
    if (!path.starts_with('/')) return NotFound{};
    Node::Values values;
    const Node* node = root_->Find(Segments(path), 0, values);
    if (node == nullptr) return NotFound{};
    auto route = node->routes.find(method);
    if (route == node->routes.end() && method == Method::kHead) {
        route = node->routes.find(Method::kGet);
    }
    if (route != node->routes.end()) {
        Match match{route->second.index, {}};
        for (std::size_t i = 0; i < values.size(); ++i) {
            match.path_params.Add(route->second.names[i], std::move(values[i]));
        }
        return match;
    }
    MethodNotAllowed refused;
    for (const auto& [allowed, ignored] : node->routes) refused.allowed.push_back(allowed);
    if (node->routes.contains(Method::kGet)) refused.allowed.push_back(Method::kHead);
    refused.allowed.push_back(Method::kOptions);
    std::sort(refused.allowed.begin(), refused.allowed.end());
    refused.allowed.erase(std::unique(refused.allowed.begin(), refused.allowed.end()),
                          refused.allowed.end());
    return refused;
}

std::string AllowHeader(const std::vector<Method>& allowed) {
    std::string header;
    for (const Method method : allowed) {
        if (!header.empty()) header += ", ";
        header += ToString(method);
    }
    return header;
}

}  // namespace livery::http
