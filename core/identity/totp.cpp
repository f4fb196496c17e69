#include "identity/totp.h"

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <stdexcept>

#include <fmt/format.h>
#include <liboath/oath.h>

namespace livery::identity {

namespace {

constexpr unsigned kStepSeconds = OATH_TOTP_DEFAULT_TIME_STEP_SIZE;
constexpr std::size_t kStepsAside = 1;
constexpr std::size_t kDigits = 6;

struct Free {
    void operator()(char* text) const { std::free(text); }
};

// RFC 3986: all but the unreserved characters.
std::string PercentEncode(std::string_view text) {
    std::string encoded;
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
        encoded +=
            plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return encoded;
}

}  // namespace

std::optional<std::int64_t> MatchingStep(std::string_view secret, std::string_view code,
                                         Instant now) {
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (code.size() != kDigits || !std::all_of(code.begin(), code.end(), is_digit))
        return std::nullopt;
    const auto seconds = std::chrono::floor<std::chrono::seconds>(now.time_since_epoch()).count();
    std::uint64_t step = 0;
    const int outcome =
        ::oath_totp_validate3(secret.data(), secret.size(), seconds, kStepSeconds, 0, kStepsAside,
                              nullptr, &step, std::string(code).c_str());
    if (outcome == OATH_INVALID_OTP) return std::nullopt;
    if (outcome < 0) throw std::runtime_error(fmt::format("liboath: {}", ::oath_strerror(outcome)));
    return static_cast<std::int64_t>(step);
}

std::string Base32(std::string_view bytes) {
    char* text = nullptr;
    if (::oath_base32_encode(bytes.data(), bytes.size(), &text, nullptr) != OATH_OK)
        throw std::runtime_error("liboath: not enough memory");
    return std::unique_ptr<char, Free>(text).get();
}

std::string TotpUri(std::string_view issuer, std::string_view account, std::string_view secret) {
    return fmt::format(
        "otpauth://totp/{0}:{1}?secret={2}&issuer={0}&algorithm=SHA1&digits={3}"
        "&period={4}",
        PercentEncode(issuer), PercentEncode(account), Base32(secret), kDigits, kStepSeconds);
}

}  // namespace livery::identity
