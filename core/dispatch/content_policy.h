#pragma once

#include <string>
#include <string_view>

namespace livery::dispatch {

// What a page may do, as a header. Styles, images and forms come from this host and nothing else
// runs: the portal needs no script at all. A form may also post to `posts_to`, an absolute address,
// and whoever that redirects to; "" = to nobody else.
std::string ContentPolicy(std::string_view posts_to);

}  // namespace livery::dispatch
