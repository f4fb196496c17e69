#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace livery::sandbox {

// Hexadecimal HMAC-SHA-256.
std::string Hmac(std::string_view key, std::string_view text);
// The header of a webhook: "t=1700000000,v1=<mac of "1700000000.body">", one v1 for each key.
std::string SignatureHeader(std::int64_t unix_seconds, std::string_view body,
                            const std::vector<std::string>& keys);

}  // namespace livery::sandbox
