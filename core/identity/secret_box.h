#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace livery::identity {

// Keeps secrets that have to be read again (a hash would not do) so that the database alone gives
// nothing away: sealed by a key of the host (XChaCha20-Poly1305, libsodium). Thread: any.
class SecretBox {
 public:
    // `host_key`: 32 random bytes, the same on every node, never in the database.
    explicit SecretBox(std::string_view host_key);

    // `context` says whose it is (tenant, user): a row that is copied elsewhere does not open.
    std::string Seal(std::string_view secret, std::string_view context) const;
    // nullopt: altered, of another context, or of another host key.
    std::optional<std::string> Open(std::string_view sealed, std::string_view context) const;
    // A keyed hash, 32 bytes, for short secrets that would be guessed from a plain one.
    std::string Fingerprint(std::string_view secret, std::string_view context) const;

 private:
    std::string seal_key_;
    std::string fingerprint_key_;
};

}  // namespace livery::identity
