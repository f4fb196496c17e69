#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <livery/http/request.h>

namespace livery::dispatch {

// The tenant's locale that fits best: what the person chose, else the first that the browser asks
// for (RFC 9110 section 12.5.4, by quality), else the tenant's first. Pure.
std::string ChooseLocale(const std::vector<std::string>& offered, std::string_view chosen,
                         std::string_view accept_language);

}  // namespace livery::dispatch
