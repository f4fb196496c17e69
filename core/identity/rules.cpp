#include "identity/rules.h"

#include <algorithm>
#include <array>

#include <zxcvbn.h>

#include <livery/utf8.h>

namespace livery::identity {

namespace {

constexpr std::size_t kLeastCharacters = 10;
constexpr std::size_t kMostBytes = 200;

// By zxcvbn's count of guesses: 2^24. Below that, a list of usual passwords finds it; above, the
// lock-out does not let anybody try so often.
constexpr double kLeastBits = 24;

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

std::optional<std::string> WrongPassword(std::string_view password, std::string_view email) {
    if (Characters(password) < kLeastCharacters) return "password.too_short";
    if (password.size() > kMostBytes) return "password.too_long";
    std::string lower(password);
    std::transform(lower.begin(), lower.end(), lower.begin(), Lower);
    if (lower == EmailKey(email)) return "password.is_email";
    const std::string own(EmailKey(email).substr(0, email.find('@')));
    const std::string whole(password);
    std::array<const char*, 2> dictionary{own.c_str(), nullptr};
    if (::ZxcvbnMatch(whole.c_str(), dictionary.data(), nullptr) < kLeastBits)
        return "password.too_common";
    return std::nullopt;
}

std::string EmailKey(std::string_view email) {
    while (!email.empty() && email.front() == ' ') email.remove_prefix(1);
    while (!email.empty() && email.back() == ' ') email.remove_suffix(1);
    std::string key(email);
    std::transform(key.begin(), key.end(), key.begin(), Lower);
    return key;
}

bool LooksLikeEmail(std::string_view email) {
    const auto at = email.find('@');
    return email.size() <= 254 && at != std::string_view::npos && at > 0 && at <= 64 &&
           email.find('@', at + 1) == std::string_view::npos &&
           email.find('.', at) != std::string_view::npos && email.find('.', at) > at + 1 &&
           email.back() != '.' && std::all_of(email.begin(), email.end(), [](unsigned char c) {
               return c > 0x20 && c != 0x7F && c != '<' && c != '>' && c != ',' && c != ';' &&
                      c != '"';
           });
}

std::chrono::seconds LockFor(int failures) {
    if (failures < 5) return std::chrono::seconds(0);
    const int doublings = std::min(failures - 5, 7);
    return std::min<std::chrono::seconds>(std::chrono::seconds(30) * (1 << doublings),
                                          std::chrono::hours(1));
}

}  // namespace livery::identity
