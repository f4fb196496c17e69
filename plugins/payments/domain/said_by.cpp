#include "domain/said_by.h"

#include <livery/utf8.h>

namespace livery::payments {

namespace {

constexpr std::size_t kLongestName = 80;
constexpr std::size_t kLongestReason = 200;

bool IsBlank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

}  // namespace

Result<void> CheckBy(std::string_view by) {
    if (IsBlank(by)) return InvalidField("by", "error.by");
    if (Characters(by) > kLongestName) return InvalidField("by", "error.too_long");
    return {};
}

Result<void> CheckReason(std::string_view reason) {
    if (IsBlank(reason)) return InvalidField("reason", "error.reason");
    if (Characters(reason) > kLongestReason) return InvalidField("reason", "error.too_long");
    return {};
}

Result<void> CheckSaidBy(std::string_view by, std::string_view reason) {
    LIVERY_TRY(CheckBy(by));
    return CheckReason(reason);
}

}  // namespace livery::payments
