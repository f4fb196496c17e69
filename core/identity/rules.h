#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <livery/time/instant.h>

namespace livery::identity {

// Pure rules of logins.

// NIST SP 800-63B section 5.1.1.2: length and what everybody tries (words, names, dates, keyboard
// rows and their usual disguises, by zxcvbn), no composition rules. The text key of what is wrong,
// or nullopt.
std::optional<std::string> WrongPassword(std::string_view password, std::string_view email);

// How an address is compared: ASCII lower case, no blanks around it.
std::string EmailKey(std::string_view email);
bool LooksLikeEmail(std::string_view email);

// How long an account is locked after so many failures in a row: nothing up to four, then 30 s,
// doubling to one hour.
std::chrono::seconds LockFor(int failures);

inline constexpr std::chrono::minutes kIdle{30};
inline constexpr std::chrono::minutes kHalfOpen{10};   // between the two steps
inline constexpr std::chrono::minutes kEnrolment{15};  // to set the second step up
inline constexpr std::chrono::minutes kAbsolute = std::chrono::hours(12);
inline constexpr std::chrono::minutes kRemembered = std::chrono::hours(24 * 30);

}  // namespace livery::identity
