#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace livery::gateways {

// HMAC of a text: `hash` is "sha256" or "sha512". nullopt: no such hash. Bytes, not text.
std::optional<std::string> Mac(std::string_view hash, std::string_view key, std::string_view text);

// Bytes as "hex" (lower case) or "base64" (with padding); nullopt: no such encoding.
std::optional<std::string> Encoded(std::string_view bytes, std::string_view encoding);
// What a text of "hex", "base64" or "text" (itself) stands for; nullopt: it is not written so.
std::optional<std::string> Decoded(std::string_view text, std::string_view encoding);

// In a time that does not tell where they differ.
bool SameBytes(std::string_view a, std::string_view b);

}  // namespace livery::gateways
