#include "domain/attempt_key.h"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include <livery/check.h>

namespace livery::payments {

std::string AttemptKey::Reference() const {
    LIVERY_CHECK(attempt >= 1 && attempt <= 99'999, "an attempt without a number");
    return fmt::format("{}-{}-{}", static_cast<char>(kind), ToBase58(subject), attempt);
}

std::string AttemptKey::Idempotency(const TenantId& tenant) const {
    return tenant.value() + "-" + Reference();
}

bool IsReference(std::string_view text) {
    constexpr std::size_t kLongest = 40;  // older ones may be longer than today's
    return !text.empty() && text.size() <= kLongest &&
           std::all_of(text.begin(), text.end(), [](unsigned char c) {
               return std::isalnum(c) != 0 || c == '-' || c == '_';
           });
}

}  // namespace livery::payments
