#include "domain/canned_reply.h"

#include <algorithm>

#include <livery/check.h>

namespace livery::service_desk {

namespace {

// Calls `plain(text)` and `name(text)` for what stands between braces; one that is never closed is
// plain.
template <class Plain, class Name>
void Walk(std::string_view text, const Plain& plain, const Name& name) {
    while (!text.empty()) {
        const auto open = text.find('{');
        const auto close = open == std::string_view::npos ? open : text.find('}', open);
        if (close == std::string_view::npos) break;
        plain(text.substr(0, open));
        name(text.substr(open + 1, close - open - 1));
        text.remove_prefix(close + 1);
    }
    plain(text);
}

}  // namespace

std::string Filled(std::string_view text, const std::map<std::string, std::string>& values) {
    std::string filled;
    Walk(
        text, [&](std::string_view plain) { filled += plain; },
        [&](std::string_view name) {
            const auto value = values.find(std::string(name));
            LIVERY_CHECK(value != values.end(), "a placeholder without a value");
            filled += value->second;
        });
    return filled;
}

std::vector<std::string> UnknownPlaceholders(std::string_view text) {
    std::vector<std::string> unknown;
    Walk(
        text, [](std::string_view) {},
        [&](std::string_view name) {
            if (std::find(std::begin(kPlaceholders), std::end(kPlaceholders), name) ==
                std::end(kPlaceholders))
                unknown.emplace_back(name);
        });
    return unknown;
}

}  // namespace livery::service_desk
