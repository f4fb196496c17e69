#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace livery::http {

// The parameter `name` (compared without case) of a value such as
//   form-data; name="a"; filename="b.png"
// unquoted; nullopt when it is absent or the value is malformed or names any parameter twice (two
// readers would take a part for a field and for a file). In a quoted
// value only \" is an escape: browsers send the backslashes of Windows paths unescaped. Pure.
std::optional<std::string> FindParameter(std::string_view value, std::string_view name);

}  // namespace livery::http
