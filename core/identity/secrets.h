#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>

#include <livery/result.h>

namespace livery::identity {

// 256 random bits as 43 characters of base64url; and what of it is stored.
std::string RandomToken();
std::string TokenHash(std::string_view token);  // BLAKE2b, 32 bytes

// Lets so many in at a time and so many more wait for it; all others are refused at once, because
// whoever waits holds a worker. Thread: any.
class Turnstile {
 public:
    Turnstile(std::size_t most_inside, std::size_t most_waiting, std::chrono::milliseconds patience)
        : most_inside_(most_inside), most_waiting_(most_waiting), patience_(patience) {}
    bool Enter();  // false: too many wait, or the turn did not come in time
    void Leave();
    std::size_t waiting() const;

 private:
    const std::size_t most_inside_;
    const std::size_t most_waiting_;
    const std::chrono::milliseconds patience_;
    mutable std::mutex mutex_;  // guards inside_ and waiting_
    std::condition_variable left_;
    std::size_t inside_ = 0;
    std::size_t waiting_ = 0;
};

// Of a password that nobody has. Ready made: computing it would make the first look-up of an
// unknown address take twice as long.
inline constexpr const char* kHashOfNobody =
    "$argon2id$v=19$m=65536,t=2,p=1$TfntmSPWFqfTvFVw0dEe+A$IbBouNATlflPr+T/"
    "PfR8ckq1zWgzhlTsHCW9vVZgWwk";

// Argon2id by libsodium, two at a time: each takes 64 MiB and a core for about 0.1 s, and a flood
// of sign-ins must not starve the pages: with those that wait it holds at most half of the workers.
// Thread: any.
class PasswordHasher {
 public:
    // kUnavailable when too many wait already, or no turn comes within five seconds.
    Result<std::string> Hash(const std::string& password);
    Result<bool> Verify(const std::string& hash, const std::string& password);
    // As costly as Verify of a real one, for addresses that do not exist.
    Result<bool> VerifyNothing(const std::string& password);

 private:
    Turnstile turns_{2, 6, std::chrono::seconds(5)};
};

}  // namespace livery::identity
