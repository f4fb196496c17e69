#include "identity/host_link_signer.h"

#include <array>

#include <sodium.h>

namespace livery::identity {

namespace {

using Byte = unsigned char;

const Byte* Bytes(std::string_view text) { return reinterpret_cast<const Byte*>(text.data()); }

std::string UrlText(const Byte* bytes, std::size_t size) {
    constexpr int kVariant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    std::string text(sodium_base64_encoded_len(size, kVariant), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes, size, kVariant);
    text.resize(text.size() - 1);  // its end
    return text;
}

}  // namespace

std::string HostLinkSigner::Sign(const TenantId& tenant, std::string_view text) const {
    const std::string use = "livery links of " + tenant.value();
    std::array<Byte, crypto_auth_hmacsha256_KEYBYTES> key{};
    crypto_generichash(key.data(), key.size(), Bytes(use), use.size(), Bytes(host_key_),
                       host_key_.size());
    std::array<Byte, crypto_auth_hmacsha256_BYTES> mac{};
    crypto_auth_hmacsha256(mac.data(), Bytes(text), text.size(), key.data());
    return UrlText(mac.data(), mac.size());
}

bool HostLinkSigner::Matches(const TenantId& tenant, std::string_view text,
                             std::string_view signature) const {
    const std::string right = Sign(tenant, text);
    return signature.size() == right.size() &&
           sodium_memcmp(signature.data(), right.data(), right.size()) == 0;
}

}  // namespace livery::identity
