#include "domain/attempt_key.h"

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

}  // namespace livery::payments
