#pragma once

#include <cstdint>
#include <string>

namespace livery::gateways {

// Sanitizers map terabytes, and need some calls more.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif

// Gives up, for good, everything that a gateway does not need: descriptors other than 0, new
// privileges, core dumps, memory beyond `most_bytes`, and every system call but those for memory,
// time, random bytes, its own end and the socket that is descriptor 0. A call outside of these ends
// the process (SIGSYS). Empty: done. Else why not; then nothing of a gateway may run here.
std::string Confine(std::uint64_t most_bytes);

}  // namespace livery::gateways
