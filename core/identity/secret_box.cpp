#include "identity/secret_box.h"

#include <sodium.h>

namespace livery::identity {

namespace {

using Byte = unsigned char;

constexpr std::size_t kNonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTag = crypto_aead_xchacha20poly1305_ietf_ABYTES;

const Byte* Bytes(std::string_view text) { return reinterpret_cast<const Byte*>(text.data()); }
Byte* Bytes(std::string& text) { return reinterpret_cast<Byte*>(text.data()); }

// One key per use, from the host's.
std::string Derive(std::string_view host_key, std::string_view use) {
    std::string key(crypto_aead_xchacha20poly1305_ietf_KEYBYTES, '\0');
    crypto_generichash(Bytes(key), key.size(), Bytes(use), use.size(), Bytes(host_key),
                       host_key.size());
    return key;
}

}  // namespace

SecretBox::SecretBox(std::string_view host_key)
    : seal_key_(Derive(host_key, "livery secret box")),
      fingerprint_key_(Derive(host_key, "livery secret fingerprint")) {}

std::string SecretBox::Seal(std::string_view secret, std::string_view context) const {
    std::string sealed(kNonce + secret.size() + kTag, '\0');
    randombytes_buf(sealed.data(), kNonce);
    crypto_aead_xchacha20poly1305_ietf_encrypt(Bytes(sealed) + kNonce, nullptr, Bytes(secret),
                                               secret.size(), Bytes(context), context.size(),
                                               nullptr, Bytes(sealed), Bytes(seal_key_));
    return sealed;
}

std::optional<std::string> SecretBox::Open(std::string_view sealed,
                                           std::string_view context) const {
    if (sealed.size() < kNonce + kTag) return std::nullopt;
    std::string secret(sealed.size() - kNonce - kTag, '\0');
    const bool whole =
        crypto_aead_xchacha20poly1305_ietf_decrypt(
            Bytes(secret), nullptr, nullptr, Bytes(sealed) + kNonce, sealed.size() - kNonce,
            Bytes(context), context.size(), Bytes(sealed), Bytes(seal_key_)) == 0;
    return whole ? std::optional(secret) : std::nullopt;
}

std::string SecretBox::Fingerprint(std::string_view secret, std::string_view context) const {
    std::string text(context);
    text += '\0';
    text += secret;
    std::string hash(32, '\0');
    crypto_generichash(Bytes(hash), hash.size(), Bytes(text), text.size(), Bytes(fingerprint_key_),
                       fingerprint_key_.size());
    return hash;
}

}  // namespace livery::identity
