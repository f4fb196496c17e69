#include "gateways/masking.h"

#include <algorithm>

namespace livery::gateways {

namespace {

constexpr std::string_view kMask = "***";
constexpr std::size_t kLeastDigits = 13;
constexpr std::size_t kMostDigits = 19;
constexpr std::size_t kShown = 4;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool HoldsLuhn(std::string_view digits) {
    int sum = 0;
    bool twice = false;
    for (auto at = digits.rbegin(); at != digits.rend(); ++at, twice = !twice) {
        const int value = (*at - '0') * (twice ? 2 : 1);
        sum += value > 9 ? value - 9 : value;
    }
    return sum % 10 == 0;
}

void Replace(std::string& text, std::string_view secret) {
    if (secret.empty()) return;
    for (std::size_t at = text.find(secret); at != std::string::npos;
         at = text.find(secret, at + kMask.size()))
        text.replace(at, secret.size(), kMask);
}

// Where the digits of a run stand that begins at `begin`: one blank or dash between two is of it.
std::vector<std::size_t> RunAt(const std::string& text, std::size_t begin) {
    std::vector<std::size_t> places;
    for (std::size_t at = begin; at < text.size(); ++at) {
        if (IsDigit(text[at])) {
            places.push_back(at);
        } else if ((text[at] != ' ' && text[at] != '-') || at + 1 == text.size() ||
                   !IsDigit(text[at + 1])) {
            break;
        }
    }
    return places;
}

// How many digits the longest number has that begins here; 0: none does.
std::size_t NumberAt(std::string_view digits) {
    std::size_t longest = 0;
    for (std::size_t size = kLeastDigits; size <= kMostDigits && size <= digits.size(); ++size)
        if (HoldsLuhn(digits.substr(0, size))) longest = size;
    return longest;
}

// Wherever one may begin, also within another: what looks like one may hide one.
void MaskRun(std::string& text, const std::vector<std::size_t>& run) {
    std::string digits;
    for (const std::size_t at : run) digits += text[at];
    for (std::size_t i = 0; i + kLeastDigits <= run.size(); ++i) {
        const std::size_t length = NumberAt(std::string_view(digits).substr(i));
        for (std::size_t j = i; j + kShown < i + length; ++j) text[run[j]] = '*';
    }
}

void MaskNumbers(std::string& text) {
    for (std::size_t at = 0; at < text.size();) {
        if (!IsDigit(text[at])) {
            ++at;
            continue;
        }
        const auto run = RunAt(text, at);
        MaskRun(text, run);
        at = run.back() + 1;
    }
}

}  // namespace

std::string WithoutSecrets(std::string_view text, const std::vector<std::string>& secrets) {
    std::string masked(text);
    // The longest first: one may be a part of another.
    std::vector<std::string> sorted = secrets;
    std::sort(sorted.begin(), sorted.end(),
              [](const auto& a, const auto& b) { return a.size() > b.size(); });
    for (const std::string& secret : sorted) Replace(masked, secret);
    return masked;
}

std::string Masked(std::string_view text, const std::vector<std::string>& secrets) {
    std::string masked = WithoutSecrets(text, secrets);
    MaskNumbers(masked);
    return masked;
}

}  // namespace livery::gateways
