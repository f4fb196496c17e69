#pragma once

#include <semaphore>
#include <string>
#include <string_view>

#include <livery/result.h>

namespace livery::identity {

// 256 random bits as 43 characters of base64url; and what of it is stored.
std::string RandomToken();
std::string TokenHash(std::string_view token);  // BLAKE2b, 32 bytes

// Argon2id by libsodium, two at a time: each takes 64 MiB and a core for about 0.1 s, and a flood
// of sign-ins must not starve the pages. Thread: any.
class PasswordHasher {
 public:
    // kUnavailable when no turn comes within five seconds.
    Result<std::string> Hash(const std::string& password);
    Result<bool> Verify(const std::string& hash, const std::string& password);
    // As costly as Verify of a real one, for addresses that do not exist.
    Result<bool> VerifyNothing(const std::string& password);

 private:
    std::counting_semaphore<2> turns_{2};
};

}  // namespace livery::identity
