#include "sandbox/hooks/signature.h"

#include <array>

#include <fmt/format.h>
#include <sodium.h>

namespace livery::sandbox {

namespace {
const unsigned char* Bytes(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}
}  // namespace

std::string Hmac(std::string_view key, std::string_view text) {
    crypto_auth_hmacsha256_state state;
    std::array<unsigned char, crypto_auth_hmacsha256_BYTES> mac{};
    crypto_auth_hmacsha256_init(&state, Bytes(key), key.size());
    crypto_auth_hmacsha256_update(&state, Bytes(text), text.size());
    crypto_auth_hmacsha256_final(&state, mac.data());
    std::string hex;
    for (const unsigned char byte : mac) hex += fmt::format("{:02x}", byte);
    return hex;
}

std::string SignatureHeader(std::int64_t unix_seconds, std::string_view body,
                            const std::vector<std::string>& keys) {
    std::string header = fmt::format("t={}", unix_seconds);
    for (const std::string& key : keys)
        header += fmt::format(",v1={}", Hmac(key, fmt::format("{}.{}", unix_seconds, body)));
    return header;
}

}  // namespace livery::sandbox
