#include "domain/said_by.h"

#include <algorithm>

namespace livery::payments {

namespace {

constexpr std::ptrdiff_t kLongestName = 80;
constexpr std::ptrdiff_t kLongestReason = 200;

// Of UTF-8: bytes that begin one.
std::ptrdiff_t LettersOf(std::string_view text) {
    return std::count_if(text.begin(), text.end(),
                         [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
}

}  // namespace

Result<void> CheckBy(std::string_view by) {
    if (by.empty()) return InvalidField("by", "error.by");
    if (LettersOf(by) > kLongestName) return InvalidField("by", "error.too_long");
    return {};
}

Result<void> CheckReason(std::string_view reason) {
    if (reason.empty()) return InvalidField("reason", "error.reason");
    if (LettersOf(reason) > kLongestReason) return InvalidField("reason", "error.too_long");
    return {};
}

Result<void> CheckSaidBy(std::string_view by, std::string_view reason) {
    LIVERY_TRY(CheckBy(by));
    return CheckReason(reason);
}

}  // namespace livery::payments
