#pragma once

#include <string>
#include <string_view>

namespace livery::identity {

// For the day the phone is lost: fifty random bits as ten characters that cannot be misread
// (Crockford's alphabet: no I, L, O, U), shown as `7K3QX-9DMT2`.
inline constexpr int kRecoveryCodes = 10;

std::string NewRecoveryCode();
// As it is compared: upper case, without blanks and hyphens, I and L read as 1, O as 0.
std::string RecoveryCodeKey(std::string_view typed);

}  // namespace livery::identity
