#pragma once

#include <string_view>

#include <livery/result.h>

namespace livery::payments {

// What a person decides bears his name and why, both as long as they are kept: 80 and 200 letters.
// kInvalidArgument on `by`: `error.by`, on `reason`: `error.reason`, where there is none; on either
// `error.too_long`.
Result<void> CheckBy(std::string_view by);
Result<void> CheckReason(std::string_view reason);
Result<void> CheckSaidBy(std::string_view by, std::string_view reason);

}  // namespace livery::payments
