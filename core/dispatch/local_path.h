#pragma once

#include <string>
#include <string_view>

namespace livery::dispatch {

// `path` when it is a path of this host and safe in a Location header, else `otherwise`. Closes
// open redirects: "//evil", "/\evil", "https:…" and control characters are not taken.
std::string LocalPathOr(std::string_view path, std::string_view otherwise);

}  // namespace livery::dispatch
