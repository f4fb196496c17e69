#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace livery::service_desk {

// The names in an archive that is one from its first byte to its last; nullopt: it is none, or
// something stands before or behind it, or it is empty, or as large as needs ZIP64. Pure.
std::optional<std::vector<std::string_view>> ZipNames(std::string_view content);

// Whether a reader of archives, who begins at the end, might find one in what is none.
bool MayEndAsZip(std::string_view content);

}  // namespace livery::service_desk
