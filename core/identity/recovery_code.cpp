#include "identity/recovery_code.h"

#include <sodium.h>

namespace livery::identity {

namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t kGroup = 5;

}  // namespace

std::string NewRecoveryCode() {
    std::string code;
    for (std::size_t i = 0; i < 2 * kGroup; ++i) {
        if (i == kGroup) code += '-';
        code += kAlphabet[randombytes_uniform(static_cast<std::uint32_t>(kAlphabet.size()))];
    }
    return code;
}

std::string RecoveryCodeKey(std::string_view typed) {
    std::string key;
    for (char c : typed) {
        if (c == ' ' || c == '-') continue;
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        if (c == 'I' || c == 'L') c = '1';
        if (c == 'O') c = '0';
        key += c;
    }
    return key;
}

}  // namespace livery::identity
