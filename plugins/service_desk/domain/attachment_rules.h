#pragma once

#include <cstdint>
#include <string>

namespace livery::service_desk {

// What a tenant takes of files.
struct AttachmentRules {
    int most = 5;                          // with one message; 0: none
    std::int64_t most_bytes = 10'000'000;  // each
    std::string clamd = {};                // socket of the scanner that looks at each; "" = none
    bool operator==(const AttachmentRules&) const = default;
};

}  // namespace livery::service_desk
