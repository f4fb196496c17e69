#include "dispatch/content_policy.h"

#include <fmt/format.h>

#include "http/origin.h"

namespace livery::dispatch {

std::string ContentPolicy(std::string_view posts_to) {
    const std::string origin = http::OriginOf(posts_to);
    return fmt::format(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "font-src 'self'; form-action 'self'{}{}; frame-ancestors 'none'; base-uri 'none'",
        origin.empty() ? "" : " ", origin);
}

}  // namespace livery::dispatch
