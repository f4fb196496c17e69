#include "sandbox/api/merchants.h"

#include <stdexcept>

namespace livery::sandbox {

Merchant ParseMerchant(std::string_view text) {
    std::vector<std::string> parts;
    for (;;) {
        const std::size_t comma = text.find(',');
        parts.emplace_back(text.substr(0, comma));
        if (comma == std::string_view::npos) break;
        text.remove_prefix(comma + 1);
    }
    if (parts.size() < 3 || parts.size() > 5 || parts[0].empty() || parts[1].empty() ||
        parts[2].empty())
        throw std::invalid_argument("a merchant is id,api-key,hook-key[,hook[,next-hook-key]]");
    parts.resize(5);
    return {parts[0], parts[1], parts[2], parts[4], parts[3]};
}

}  // namespace livery::sandbox
