#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <livery/time/instant.h>

namespace livery::identity {

// Pure rules of logins.

// NIST SP 800-63B section 5.1.1.2: length and a list of what everybody tries, no composition
// rules. The text key of what is wrong, or nullopt.
std::optional<std::string> WrongPassword(std::string_view password, std::string_view email);

// How an address is compared: ASCII lower case, no blanks around it.
std::string EmailKey(std::string_view email);
bool LooksLikeEmail(std::string_view email);

// How long an account is locked after so many failures in a row: nothing up to four, then 30 s,
// doubling to one hour.
std::chrono::seconds LockFor(int failures);

inline constexpr std::chrono::minutes kIdle{30};
inline constexpr std::chrono::hours kAbsolute{12};
inline constexpr std::chrono::hours kRemembered{24 * 30};

}  // namespace livery::identity
