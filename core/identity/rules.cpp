#include "identity/rules.h"

#include <algorithm>
#include <array>

namespace livery::identity {

namespace {

constexpr std::size_t kLeastCharacters = 10;
constexpr std::size_t kMostBytes = 200;

// Of ten characters and more, what lists of leaked passwords hold most often.
constexpr std::array<std::string_view, 40> kCommon{
    "1234567890",  "0123456789",   "12345678910",   "123456789a",    "1234567891",
    "0987654321",  "1q2w3e4r5t",   "1qaz2wsx3edc",  "qwertyuiop",    "qwerty1234",
    "qwerty12345", "qwerty123456", "qwertyuiop123", "asdfghjkl1",    "asdfghjkl;",
    "zxcvbnm123",  "password12",   "password123",   "password1234",  "password12345",
    "passw0rd123", "password123!", "iloveyou12",    "iloveyou123",   "letmein1234",
    "welcome123",  "welcome1234",  "admin12345",    "administrator", "changeme123",
    "football123", "baseball123",  "princess123",   "sunshine123",   "monkey12345",
    "dragon12345", "superman123",  "1111111111",    "0000000000",    "aaaaaaaaaa"};

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::size_t Characters(std::string_view utf8) {
    return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    }));
}

}  // namespace

std::optional<std::string> WrongPassword(std::string_view password, std::string_view email) {
    if (Characters(password) < kLeastCharacters) return "password.too_short";
    if (password.size() > kMostBytes) return "password.too_long";
    std::string lower(password);
    std::transform(lower.begin(), lower.end(), lower.begin(), Lower);
    if (lower == EmailKey(email)) return "password.is_email";
    if (std::find(kCommon.begin(), kCommon.end(), lower) != kCommon.end())
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
