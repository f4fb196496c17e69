#include "dispatch/content_policy.h"

#include <fmt/format.h>

#include "http/origin.h"

namespace livery::dispatch {

std::string ContentPolicy(std::string_view posts_to) {
    // Browsers hold redirects of what was posted to it, too, and a bank leads on between hosts of
    // its own that nobody here knows: where it begins with TLS, it stays with TLS.
    std::string origin = http::OriginOf(posts_to);
    if (origin.starts_with("https://")) origin = "https:";
    return fmt::format(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "font-src 'self'; form-action 'self'{}{}; frame-ancestors 'none'; base-uri 'none'",
        origin.empty() ? "" : " ", origin);
}

}  // namespace livery::dispatch
