#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace livery::service_desk {

// What may stand in a canned reply, in braces.
inline constexpr std::string_view kPlaceholders[]{"agent", "brand", "customer", "number",
                                                  "subject"};

// The text with `{name}` replaced by its value. What is put in is not looked at again: a customer
// who is called "{agent}" stays so. Throws BrokenInvariant for a name without a value.
std::string Filled(std::string_view text, const std::map<std::string, std::string>& values);
// The names in braces that are no placeholder, for whoever writes the text.
std::vector<std::string> UnknownPlaceholders(std::string_view text);

}  // namespace livery::service_desk
