#pragma once

#include <string>
#include <string_view>

namespace livery::http {

// Scheme, host and port of an absolute address, as a header may name them: "https://bank.example".
// "" where there is none, or it has a user, or letters that a plain host has not. Pure.
std::string OriginOf(std::string_view url);

}  // namespace livery::http
