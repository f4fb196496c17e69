#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace livery::sandbox {

struct Merchant {
    std::string id;
    std::string api_key;
    std::string hook_key;       // signs what it is told
    std::string next_hook_key;  // signs too, while keys are changed; "" otherwise
    std::string hook;           // where it is told; may also be said by PUT /v1/webhook
};

// "id,api-key,hook-key[,hook[,next-hook-key]]"; throws std::invalid_argument for anything else.
Merchant ParseMerchant(std::string_view text);

}  // namespace livery::sandbox
