#include "gateways/mac.h"

#include <sodium.h>

namespace livery::gateways {

namespace {

const unsigned char* Bytes(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

std::string Text(const unsigned char* bytes, std::size_t size) {
    return {reinterpret_cast<const char*>(bytes), size};
}

std::string Sha256(std::string_view key, std::string_view text) {
    crypto_auth_hmacsha256_state state;
    unsigned char out[crypto_auth_hmacsha256_BYTES];
    crypto_auth_hmacsha256_init(&state, Bytes(key), key.size());
    crypto_auth_hmacsha256_update(&state, Bytes(text), text.size());
    crypto_auth_hmacsha256_final(&state, out);
    return Text(out, sizeof out);
}

std::string Sha512(std::string_view key, std::string_view text) {
    crypto_auth_hmacsha512_state state;
    unsigned char out[crypto_auth_hmacsha512_BYTES];
    crypto_auth_hmacsha512_init(&state, Bytes(key), key.size());
    crypto_auth_hmacsha512_update(&state, Bytes(text), text.size());
    crypto_auth_hmacsha512_final(&state, out);
    return Text(out, sizeof out);
}

}  // namespace

std::optional<std::string> Mac(std::string_view hash, std::string_view key, std::string_view text) {
    if (hash == "sha256") return Sha256(key, text);
    if (hash == "sha512") return Sha512(key, text);
    return std::nullopt;
}

std::optional<std::string> Encoded(std::string_view bytes, std::string_view encoding) {
    if (encoding == "hex") {
        std::string text(bytes.size() * 2 + 1, '\0');
        sodium_bin2hex(text.data(), text.size(), Bytes(bytes), bytes.size());
        text.pop_back();
        return text;
    }
    if (encoding != "base64") return std::nullopt;
    std::string text(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
    sodium_bin2base64(text.data(), text.size(), Bytes(bytes), bytes.size(),
                      sodium_base64_VARIANT_ORIGINAL);
    text.pop_back();
    return text;
}

std::optional<std::string> Decoded(std::string_view text, std::string_view encoding) {
    if (encoding == "text") return std::string(text);
    std::string bytes(text.size() + 1, '\0');
    auto* const out = reinterpret_cast<unsigned char*>(bytes.data());
    std::size_t size = 0;
    const char* end = nullptr;
    const int failed =
        encoding == "hex"
            ? sodium_hex2bin(out, bytes.size(), text.data(), text.size(), nullptr, &size, &end)
            : sodium_base642bin(out, bytes.size(), text.data(), text.size(), nullptr, &size, &end,
                                sodium_base64_VARIANT_ORIGINAL);
    if (failed != 0 || end != text.data() + text.size()) return std::nullopt;
    bytes.resize(size);
    return bytes;
}

bool SameBytes(std::string_view a, std::string_view b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace livery::gateways
