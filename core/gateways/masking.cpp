#include "gateways/masking.h"

#include <algorithm>

#include <livery/card_number.h>

namespace livery::gateways {

namespace {

constexpr std::string_view kMask = "***";

void Replace(std::string& text, std::string_view secret) {
    if (secret.empty()) return;
    for (std::size_t at = text.find(secret); at != std::string::npos;
         at = text.find(secret, at + kMask.size()))
        text.replace(at, secret.size(), kMask);
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
    return WithoutCardNumbers(WithoutSecrets(text, secrets));
}

}  // namespace livery::gateways
