#pragma once

#include <string>
#include <string_view>

#include <livery/http/response.h>

namespace livery::dispatch {

// A published asset, for hosts without a front (development, tests). The name is one segment: no
// way out of the folder.
Response StaticFile(const std::string& root, std::string_view name);

}  // namespace livery::dispatch
