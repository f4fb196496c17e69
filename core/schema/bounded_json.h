#pragma once

#include <string_view>

#include <livery/json.h>

namespace livery::schema {

// What somebody sent whom nobody trusts: discarded (is_discarded()) when it is no JSON, or nests
// deeper than `deepest`, which is more than any schema of ours does. Whoever walks through it
// afterwards does so on the stack, a call for each level. Thread: any.
nlohmann::json ParsedBounded(std::string_view text, int deepest = 32);

}  // namespace livery::schema
