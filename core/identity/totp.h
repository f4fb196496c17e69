#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <livery/time/instant.h>

namespace livery::identity {

// Codes by time (RFC 6238) as every authenticator app makes them: HMAC-SHA-1, 6 digits, 30 s.
inline constexpr std::size_t kTotpSecretBytes = 20;  // RFC 4226 section 4, R6

// The time step that a code belongs to: now's, the one before or the one after (a phone's clock is
// a little off, and typing takes time). nullopt: of none of them.
std::optional<std::int64_t> MatchingStep(std::string_view secret, std::string_view code,
                                         Instant now);

std::string Base32(std::string_view bytes);
// otpauth:// as authenticator apps read it (Google's key URI format).
std::string TotpUri(std::string_view issuer, std::string_view account, std::string_view secret);

}  // namespace livery::identity
